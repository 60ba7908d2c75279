package dev.regista.sql;

import dev.regista.NotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.MappingModelExpressible;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.ValuedModelPart;
import org.hibernate.metamodel.mapping.internal.MappingModelCreationProcess;
import org.hibernate.persister.entity.AbstractEntityPersister;
import org.hibernate.persister.spi.PersisterClassResolver;
import org.hibernate.query.spi.DomainQueryExecutionContext;
import org.hibernate.query.spi.NonSelectQueryPlan;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.query.spi.QueryParameterImplementor;
import org.hibernate.query.sqm.SqmBindableType;
import org.hibernate.query.sqm.SqmQuerySource;
import org.hibernate.query.sqm.internal.DomainParameterXref;
import org.hibernate.query.sqm.internal.MultiTableDeleteQueryPlan;
import org.hibernate.query.sqm.internal.SimpleDeleteQueryPlan;
import org.hibernate.query.sqm.internal.SimpleNonSelectQueryPlan;
import org.hibernate.query.sqm.internal.SqmJdbcExecutionContextAdapter;
import org.hibernate.query.sqm.internal.SqmUtil;
import org.hibernate.query.sqm.mutation.internal.ExpressionDomainResultProducer;
import org.hibernate.query.sqm.mutation.spi.MultiTableHandler;
import org.hibernate.query.sqm.mutation.spi.MultiTableHandlerBuildResult;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableInsertStrategy;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategy;
import org.hibernate.query.sqm.spi.SqmParameterMappingModelResolutionAccess;
import org.hibernate.query.sqm.sql.SqmToSqlAstConverter;
import org.hibernate.query.sqm.sql.SqmTranslation;
import org.hibernate.query.sqm.sql.SqmTranslator;
import org.hibernate.query.sqm.tree.SqmDeleteOrUpdateStatement;
import org.hibernate.query.sqm.tree.delete.SqmDeleteStatement;
import org.hibernate.query.sqm.tree.expression.SqmParameter;
import org.hibernate.query.sqm.tree.expression.SqmSelfRenderingExpression;
import org.hibernate.query.sqm.tree.from.SqmFrom;
import org.hibernate.query.sqm.tree.from.SqmFromClause;
import org.hibernate.query.sqm.tree.select.SqmQuerySpec;
import org.hibernate.query.sqm.tree.select.SqmSelectClause;
import org.hibernate.query.sqm.tree.select.SqmSelectStatement;
import org.hibernate.query.sqm.tree.select.SqmSelection;
import org.hibernate.spi.NavigablePath;
import org.hibernate.sql.ast.tree.expression.Expression;
import org.hibernate.sql.ast.tree.from.TableGroup;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.hibernate.sql.exec.spi.JdbcParameterBindings;
import org.hibernate.sql.exec.spi.JdbcParametersList;
import org.hibernate.sql.results.internal.RowTransformerSingularReturnImpl;
import org.hibernate.sql.results.spi.ListResultsConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries that delete rows, and deletes their content types after them: one query for the ids before, one delete per
 * {@value ContentTypeRows#MOST_AT_ONCE} after. Other queries run as they would.
 */
final class ContentTypeQueries implements SqmMultiTableMutationStrategy {
    private final @Nullable SqmMultiTableMutationStrategy usual;
    private final AbstractEntityPersister persister;

    private ContentTypeQueries(@Nullable SqmMultiTableMutationStrategy usual, AbstractEntityPersister persister) {
        this.usual = usual;
        this.persister = persister;
    }

    private static ContentTypeSupport support(AbstractEntityPersister persister) {
        return ((ContentTypePersisters)
                        persister.getFactory().getServiceRegistry().requireService(PersisterClassResolver.class))
                .support();
    }

    /** While the session factory is being built, there is none for entities of several tables, and then its superclass's. */
    static @Nullable SqmMultiTableMutationStrategy around(
            @Nullable SqmMultiTableMutationStrategy usual, AbstractEntityPersister persister) {
        SqmMultiTableMutationStrategy plain = usual instanceof ContentTypeQueries queries ? queries.usual : usual;
        boolean isUnfinished = plain == null && persister.hasMultipleTables();
        return isUnfinished || !support(persister).concerns(persister)
                ? plain
                : new ContentTypeQueries(plain, persister);
    }

    /** A row that a query inserts has no content type. */
    static @Nullable SqmMultiTableInsertStrategy insertStrategy(
            @Nullable SqmMultiTableInsertStrategy usual, AbstractEntityPersister persister) {
        ContentTypeLink link = support(persister).maker().link(persister);
        if (link == null || link.isField()) {
            return usual;
        }
        return (statement, parameters, context) -> {
            throw new NotSupportedException(
                    support(persister).database(),
                    "inserting rows of " + persister.getEntityName()
                            + " by a query: they would have no content type. Insert them as objects");
        };
    }

    @Override
    public void prepare(MappingModelCreationProcess process) {
        if (usual != null) {
            usual.prepare(process);
        }
    }

    @Override
    public void release(SessionFactoryImplementor factory, JdbcConnectionAccess access) {
        if (usual != null) {
            usual.release(factory, access);
        }
    }

    @Override
    public MultiTableHandlerBuildResult buildHandler(
            SqmDeleteOrUpdateStatement<?> statement,
            DomainParameterXref parameters,
            DomainQueryExecutionContext context) {
        if (statement instanceof SqmDeleteStatement<?> delete) {
            return result(new Deletion(this, delete, parameters));
        }
        return usual == null
                ? result(new Plain(new SimpleNonSelectQueryPlan(statement, parameters)))
                : usual.buildHandler(statement, parameters, context);
    }

    private static MultiTableHandlerBuildResult result(MultiTableHandler handler) {
        return new MultiTableHandlerBuildResult(handler, JdbcParameterBindings.NO_BINDINGS);
    }

    /** A handler that leaves parameters to a plan of Hibernate's. */
    private interface PlanHandler extends MultiTableHandler {
        @Override
        default JdbcParameterBindings createJdbcParameterBindings(DomainQueryExecutionContext context) {
            return JdbcParameterBindings.NO_BINDINGS;
        }

        @Override
        default boolean dependsOnParameterBindings() {
            return false;
        }

        @Override
        default boolean isCompatibleWith(JdbcParameterBindings bindings, QueryOptions options) {
            return true;
        }
    }

    private record Plain(NonSelectQueryPlan plan) implements PlanHandler {
        @Override
        public int execute(JdbcParameterBindings bindings, DomainQueryExecutionContext context) {
            return plan.executeUpdate(context);
        }
    }

    private static final class Deletion implements PlanHandler {
        private final ContentTypeQueries queries;
        private final SqmDeleteStatement<?> statement;
        private final DomainParameterXref parameters;
        private final NonSelectQueryPlan plan;

        private Deletion(ContentTypeQueries queries, SqmDeleteStatement<?> statement, DomainParameterXref parameters) {
            this.queries = queries;
            this.statement = statement;
            this.parameters = parameters;
            this.plan = queries.usual == null
                    ? new SimpleDeleteQueryPlan(queries.persister, statement, parameters)
                    : new MultiTableDeleteQueryPlan(statement, parameters, queries.usual);
        }

        @Override
        public int execute(JdbcParameterBindings bindings, DomainQueryExecutionContext context) {
            ContentTypeSupport support = support(queries.persister);
            SharedSessionContractImplementor session = context.getSession();
            ContentTypeLink link = support.maker().link(queries.persister);
            if (link == null) {
                support.deletes().deleteRowsById(select(context, queries.persister.getIdentifierMapping()), session);
                return plan.executeUpdate(context);
            }
            List<UUID> types = select(context, (ValuedModelPart)
                    queries.persister.getAttributeMapping(queries.persister.getPropertyIndex(link.property())));
            int deleted = plan.executeUpdate(context);
            support.deletes().deleteTypesAfterRows(types, session);
            return deleted;
        }

        /** Returns the values of a column in the rows that are going to be deleted. */
        private List<UUID> select(DomainQueryExecutionContext context, ValuedModelPart part) {
            List<SelectableMapping> columns = new ArrayList<>();
            part.forEachSelectable((index, column) -> columns.add(column));
            SqmQuerySpec<Object[]> query = new SqmQuerySpec<>(statement.nodeBuilder());
            query.setFromClause(new SqmFromClause(1));
            query.addRoot(statement.getTarget());
            query.setSelectClause(new SqmSelectClause(false, 1, statement.nodeBuilder()));
            query.getSelectClause().addSelection(selection(statement.getTarget(), columns.get(0)));
            query.setWhereClause(statement.getWhereClause());
            return list(
                    new SqmSelectStatement<>(query, Object[].class, SqmQuerySource.CRITERIA, statement.nodeBuilder()),
                    context);
        }

        @SuppressWarnings("unchecked")
        private static <T> SqmSelection<T> selection(SqmFrom<?, T> from, SelectableMapping column) {
            return new SqmSelection<>(
                    new SqmSelfRenderingExpression<>(
                            walker -> new ExpressionDomainResultProducer(
                                    resolve(from.getNavigablePath(), column, (SqmToSqlAstConverter) walker)),
                            (SqmBindableType<T>) column.getJdbcMapping(),
                            from.nodeBuilder()),
                    from.nodeBuilder());
        }

        /** The column can be in the table of a superclass, which nothing else in the query needs. */
        private static Expression resolve(
                NavigablePath path, SelectableMapping column, SqmToSqlAstConverter converter) {
            TableGroup group = converter.getFromClauseAccess().getTableGroup(path);
            return converter
                    .getCurrentProcessingState()
                    .getSqlExpressionResolver()
                    .resolveSqlExpression(
                            group.resolveTableReference(path, column.getContainingTableExpression()), column);
        }

        private List<UUID> list(SqmSelectStatement<?> select, DomainQueryExecutionContext context) {
            SessionFactoryImplementor factory = context.getSession().getFactory();
            SqmTranslator<SelectStatement> translator = factory.getQueryEngine()
                    .getSqmTranslatorFactory()
                    .createSelectTranslator(
                            select,
                            context.getQueryOptions(),
                            parameters,
                            context.getQueryParameterBindings(),
                            context.getSession().getLoadQueryInfluencers(),
                            factory.getSqlTranslationEngine(),
                            true);
            SqmTranslation<SelectStatement> translation = translator.translate();
            JdbcServices services = factory.getJdbcServices();
            Map<QueryParameterImplementor<?>, Map<SqmParameter<?>, List<JdbcParametersList>>> xref =
                    SqmUtil.generateJdbcParamsXref(parameters, translator);
            JdbcParameterBindings bindings = SqmUtil.createJdbcParameterBindings(
                    context.getQueryParameterBindings(),
                    parameters,
                    xref,
                    resolutions(translation),
                    context.getSession());
            var operation = services.getJdbcEnvironment()
                    .getSqlAstTranslatorFactory()
                    .buildSelectTranslator(factory, translation.getSqlAst())
                    .translate(bindings, context.getQueryOptions());
            // What lists of parameters became in this translation is kept beside them, and would be taken for that of
            // another.
            parameters.clearExpansions();
            return services
                    .getJdbcSelectExecutor()
                    .list(
                            operation,
                            bindings,
                            SqmJdbcExecutionContextAdapter.omittingLockingAndPaging(context),
                            RowTransformerSingularReturnImpl.instance(),
                            ListResultsConsumer.UniqueSemantic.NONE)
                    .stream()
                    .filter(UUID.class::isInstance)
                    .map(UUID.class::cast)
                    .toList();
        }

        private static SqmParameterMappingModelResolutionAccess resolutions(
                SqmTranslation<SelectStatement> translation) {
            return new SqmParameterMappingModelResolutionAccess() {
                @Override
                @SuppressWarnings("unchecked")
                public <T> @Nullable MappingModelExpressible<T> getResolvedMappingModelType(SqmParameter<T> parameter) {
                    return (MappingModelExpressible<T>) translation
                            .getSqmParameterMappingModelTypeResolutions()
                            .get(parameter);
                }
            };
        }
    }
}
