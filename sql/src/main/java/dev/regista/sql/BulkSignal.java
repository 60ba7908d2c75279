package dev.regista.sql;

import dev.regista.sql.signal.Bulk;
import dev.regista.sql.signal.Operation;
import jakarta.persistence.Parameter;
import jakarta.persistence.criteria.CriteriaDelete;
import jakarta.persistence.criteria.CriteriaUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.restriction.Restriction;
import org.hibernate.query.specification.MutationSpecification;
import org.hibernate.query.spi.QueryImplementor;
import org.hibernate.query.spi.SqmQuery;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.hibernate.query.sqm.tree.delete.SqmDeleteStatement;
import org.hibernate.query.sqm.tree.update.SqmUpdateStatement;
import org.jspecify.annotations.Nullable;

/** A query that is about to write. */
final class BulkSignal extends SignalContext implements Bulk<Object> {
    private final MutationQuery query;
    private final @Nullable SqmDmlStatement<?> tree;
    private final List<Restriction<? super Object>> restrictions = new ArrayList<>();
    private int rows;

    BulkSignal(String database, SharedSessionContractImplementor session, MutationQuery query) {
        super(database, session);
        this.query = query;
        this.tree = query instanceof SqmQuery<?> sqm ? (SqmDmlStatement<?>) sqm.getSqmStatement() : null;
    }

    @Override
    public Operation operation() {
        if (tree == null) {
            return Operation.NATIVE;
        }
        if (tree instanceof SqmDeleteStatement<?>) {
            return Operation.DELETE;
        }
        return tree instanceof SqmUpdateStatement<?> ? Operation.UPDATE : Operation.INSERT;
    }

    @Override
    @SuppressWarnings("unchecked") // who listens to Object is told that it is one
    public Class<Object> model() {
        Class<?> type = tree == null ? null : tree.getTarget().getManagedType().getJavaType();
        return (Class<Object>) (type == null ? Object.class : type);
    }

    @Override
    public Optional<String> statement() {
        if (query instanceof NativeQuery<?> sql) {
            return Optional.of(sql.getQueryString());
        }
        String hql = ((QueryImplementor<?>) query).getQueryString();
        return Optional.ofNullable(hql).filter(text -> !text.equals("<criteria>"));
    }

    @Override
    public void restrict(Restriction<? super Object> restriction) {
        requireBefore();
        if (!(tree instanceof SqmDeleteStatement<?>) && !(tree instanceof SqmUpdateStatement<?>)) {
            throw notSupported(
                    "a restriction of a query that is no update or delete in HQL or criteria: " + operation());
        }
        restrictions.add(restriction);
    }

    void execute() {
        rows = (restrictions.isEmpty() ? query : restricted()).executeUpdate();
    }

    @Override
    public int rows() {
        return rows;
    }

    private MutationQuery restricted() {
        MutationSpecification<Object> specification = specification();
        restrictions.forEach(specification::restrict);
        MutationQuery narrower = implementor() instanceof StatelessSession stateless
                ? specification.createQuery(stateless)
                : specification.createQuery((Session) implementor());
        ((QueryImplementor<?>) query).getParameters().forEach(parameter -> copy(parameter, narrower));
        Integer timeout = query.getTimeout();
        if (timeout != null) {
            narrower.setTimeout(timeout);
        }
        return narrower;
    }

    @SuppressWarnings("unchecked") // the tree's own type; and restrict() has refused other trees
    private MutationSpecification<Object> specification() {
        Optional<String> hql = statement();
        if (hql.isPresent()) {
            return MutationSpecification.create(model(), hql.get());
        }
        return tree instanceof SqmDeleteStatement<?>
                ? MutationSpecification.create((CriteriaDelete<Object>) tree)
                : MutationSpecification.create((CriteriaUpdate<Object>) tree);
    }

    private void copy(Parameter<?> parameter, MutationQuery narrower) {
        QueryImplementor<?> given = (QueryImplementor<?>) query;
        if (!given.isBound(parameter)) {
            return;
        }
        Object value = given.getParameterValue(parameter);
        if (parameter.getName() != null) {
            narrower.setParameter(parameter.getName(), value);
        } else if (parameter.getPosition() != null) {
            narrower.setParameter(parameter.getPosition(), value);
        }
    }
}
