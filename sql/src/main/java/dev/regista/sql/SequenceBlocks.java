package dev.regista.sql;

import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.relational.Database;
import org.hibernate.boot.model.relational.InitCommand;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.engine.jdbc.spi.JdbcCoordinator;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.generator.GeneratorCreationContext;
import org.hibernate.id.IdentifierGeneratorHelper;
import org.hibernate.id.IntegralDataTypeHolder;
import org.hibernate.id.enhanced.AccessCallback;
import org.hibernate.id.enhanced.DatabaseStructure;
import org.hibernate.id.enhanced.Optimizer;
import org.hibernate.id.enhanced.PooledLoOptimizer;
import org.hibernate.id.enhanced.PooledOptimizer;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.mapping.GeneratorCreator;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.SimpleValue;
import org.hibernate.mapping.Table;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * Ids from a sequence, of which a unit of work that needs many gets several blocks with one query. Hibernate's own generator
 * asks for each block, which is a round trip for every fifty objects by default, and holds a lock meanwhile that all tenants
 * share.
 *
 * <p>The first query of a session is for one block, each further one for twice as many as the one before, up to {@value #MOST}.
 * What it does not use is there for whoever comes next; what nobody has used when the application ends is lost, as are the
 * ids of a block that has been begun. Which ids a block has, and for whom it is, decides Hibernate's optimizer, as before.
 */
final class SequenceBlocks extends SequenceStyleGenerator {
    private static final long serialVersionUID = 1L;

    private static final int MOST = 64;

    /** Others have too few values for any to be lost. */
    private static final Set<Class<?>> LARGE = Set.of(Long.class, Integer.class, BigInteger.class);

    private final transient SequenceStyleGenerator single;
    private final Product product;
    private final String nextValue;

    /** By tenant; changed only by whoever holds the optimizer's lock, and while the database is reset. */
    private final transient Map<String, Ahead> ahead = new ConcurrentHashMap<>();

    /** Values of the sequence that nobody has asked for yet. */
    private static final class Ahead {
        private long[] values = new long[0];
        private int next;
        private WeakReference<SharedSessionContractImplementor> asker = new WeakReference<>(null);
    }

    private SequenceBlocks(SequenceStyleGenerator single, Product product, String nextValue) {
        this.single = single;
        this.product = product;
        this.nextValue = nextValue;
    }

    /** Makes a mapping that is to be built from metadata take its ids this way, where they come from a sequence in blocks. */
    static void addTo(Metadata metadata, Product product) {
        if (product.valuesOfSequence("", 1).isEmpty()) {
            return;
        }
        for (PersistentClass entity : metadata.getEntityBindings()) {
            if (entity == entity.getRootClass() && entity.getIdentifier() instanceof SimpleValue id) {
                GeneratorCreator creator = id.getCustomIdGeneratorCreator();
                if (creator != null) {
                    id.setCustomIdGeneratorCreator(context -> over(creator.createGenerator(context), context, product));
                }
            }
        }
    }

    private static Generator over(Generator made, GeneratorCreationContext context, Product product) {
        if (made.getClass() != SequenceStyleGenerator.class) {
            return made;
        }
        SequenceStyleGenerator single = (SequenceStyleGenerator) made;
        DatabaseStructure sequence = single.getDatabaseStructure();
        if (!sequence.isPhysicalSequence()
                || !isInBlocks(single.getOptimizer(), single.getIdentifierType().getReturnedClass())) {
            return made;
        }
        SqlStringGenerationContext names = context.getSqlStringGenerationContext();
        SequenceBlocks blocks = new SequenceBlocks(
                single,
                product,
                names.getDialect()
                        .getSequenceSupport()
                        .getSelectSequenceNextValString(names.format(sequence.getPhysicalName())));
        blocks.forgetOnReset(context.getValue().getTable());
        return blocks;
    }

    /** The optimizers that hold their lock while they ask. */
    private static boolean isInBlocks(Optimizer optimizer, Class<?> type) {
        boolean isKnown =
                optimizer.getClass() == PooledOptimizer.class || optimizer.getClass() == PooledLoOptimizer.class;
        return isKnown && optimizer.getIncrementSize() > 1 && LARGE.contains(type);
    }

    /** Along with the optimizer: a sequence that begins again gives the same values again. */
    private void forgetOnReset(Table table) {
        table.addResyncCommand((names, isolator) -> forget());
        table.addResetCommand(names -> forget());
    }

    private InitCommand forget() {
        ahead.clear();
        return new InitCommand();
    }

    @Override
    public Object generate(SharedSessionContractImplementor session, Object object) {
        return getOptimizer().generate(new AccessCallback() {
            @Override
            public IntegralDataTypeHolder getNextValue() {
                String tenant = session.getTenantIdentifier();
                Ahead values = ahead.computeIfAbsent(tenant == null ? "" : tenant, name -> new Ahead());
                return IdentifierGeneratorHelper.getIntegralDataTypeHolder(
                                getIdentifierType().getReturnedClass())
                        .initialize(next(values, session));
            }

            @Override
            public @Nullable String getTenantIdentifier() {
                return session.getTenantIdentifier();
            }
        });
    }

    private long next(Ahead values, SharedSessionContractImplementor session) {
        if (values.next == values.values.length) {
            int more = values.asker.refersTo(session) ? Math.min(MOST, values.values.length * 2) : 1;
            values.values = ask(session, more);
            values.next = 0;
            values.asker = new WeakReference<>(session);
        }
        return values.values[values.next++];
    }

    private long[] ask(SharedSessionContractImplementor session, int count) {
        String sql = product.valuesOfSequence(nextValue, count);
        JdbcCoordinator jdbc = session.getJdbcCoordinator();
        try {
            PreparedStatement statement = jdbc.getStatementPreparer().prepareStatement(sql);
            try {
                return values(jdbc.getResultSetReturn().extract(statement, sql), count);
            } finally {
                jdbc.getLogicalConnection().getResourceRegistry().release(statement);
                jdbc.afterStatementExecution();
            }
        } catch (SQLException e) {
            throw session.getJdbcServices()
                    .getSqlExceptionHelper()
                    .convert(e, "could not get the next values of the sequence", sql);
        }
    }

    private static long[] values(ResultSet rows, int count) throws SQLException {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            if (!rows.next()) {
                throw new SQLException("the sequence gave " + i + " values in place of " + count);
            }
            values[i] = rows.getLong(1);
        }
        return values;
    }

    // ---- what is as it was

    @Override
    public DatabaseStructure getDatabaseStructure() {
        return single.getDatabaseStructure();
    }

    @Override
    public Optimizer getOptimizer() {
        return single.getOptimizer();
    }

    @Override
    public Type getIdentifierType() {
        return single.getIdentifierType();
    }

    @Override
    public Class<?> getGeneratedType() {
        return single.getGeneratedType();
    }

    @Override
    public void registerExportables(Database database) {
        single.registerExportables(database);
    }

    @Override
    public void initialize(SqlStringGenerationContext context) {
        single.initialize(context);
    }
}
