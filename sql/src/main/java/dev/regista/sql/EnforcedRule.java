package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.NotSupportedException;
import dev.regista.model.Registration;
import dev.regista.sql.reference.Ref;
import dev.regista.sql.reference.Rule;
import dev.regista.sql.reference.StillReferencedException;
import dev.regista.sql.signal.Bulk;
import dev.regista.sql.signal.Delete;
import dev.regista.sql.signal.Operation;
import dev.regista.sql.tenancy.TenantInfo;
import jakarta.persistence.criteria.CriteriaQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rule between two databases. The object goes first, and what refers to it only once that is committed: the reverse would
 * lose what refers to an object that stays.
 */
record EnforcedRule(RefRule rule, DefaultSqlDatabase sources, DefaultSqlDatabase targets) {
    private static final Logger LOG = LoggerFactory.getLogger(References.class);

    private static final int PORTION = 500;
    private static final int RETRIES = 3;

    static EnforcedRule of(RefRule rule, DefaultSqlDatabase sources, DefaultSqlDatabase targets) {
        if (targets.isTenantModel(rule.target()) && !sources.isTenantModel(rule.source())) {
            throw new ConfigurationException(rule.name() + " has @OnTargetDelete, and refers from a shared model to "
                    + rule.target().getName() + ", of which each tenant has its own: it does not say of which");
        }
        return new EnforcedRule(rule, sources, targets);
    }

    List<Registration> listen() {
        List<Registration> registered = new ArrayList<>();
        if (rule.rule() == Rule.RESTRICT) {
            registered.add(targets.signals().beforeDelete(rule.target(), this::restrict));
            registered.add(targets.signals().beforeBulk(rule.target(), this::refuse));
        } else {
            registered.add(targets.signals().afterDelete(rule.target(), this::follow));
            registered.add(targets.signals().afterBulk(rule.target(), this::follow));
        }
        return registered;
    }

    private Ref<?> reference(Object id) {
        return Ref.of(rule.target(), id);
    }

    private void restrict(Delete<?> delete) {
        for (SqlUnits units : unitsOfSources(delete.tenant())) {
            long count = units.<Long, RuntimeException>read(session -> count(session, reference(delete.id())));
            if (count > 0) {
                throw new StillReferencedException(reference(delete.id()), rule.name(), count, sources.name());
            }
        }
    }

    private void refuse(Bulk<?> bulk) {
        if (bulk.operation() == Operation.DELETE) {
            throw new NotSupportedException(
                    targets.name(),
                    "deleting " + rule.target().getName() + " by a query while " + rule.name()
                            + " restricts it: remove the objects");
        }
    }

    private void follow(Delete<?> delete) {
        if (!delete.isSkipped()) {
            Ref<?> gone = reference(delete.id());
            Optional<String> tenant = delete.tenant();
            delete.afterCommit(() -> attempt(gone, () -> {
                for (SqlUnits units : unitsOfSources(tenant)) {
                    apply(units, gone);
                }
            }));
        }
    }

    private void follow(Bulk<?> bulk) {
        if (bulk.operation() == Operation.DELETE && bulk.rows() > 0) {
            Optional<String> tenant = bulk.tenant();
            bulk.afterCommit(() -> attempt(rule.target().getSimpleName(), () -> repair(tenant)));
        }
    }

    private void attempt(Object gone, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error(
                    "{} in database '{}' still refers to {}, which has been deleted from database '{}';"
                            + " References.repair() does what is left",
                    rule.name(),
                    sources.name(),
                    gone,
                    targets.name(),
                    e);
        }
    }

    /** Of a shared object, all tenants may have references; of a tenant's object, only that tenant. */
    private List<SqlUnits> unitsOfSources(Optional<String> tenant) {
        if (!sources.isTenantModel(rule.source())) {
            return List.of(sources);
        }
        if (targets.isTenantModel(rule.target())) {
            return List.of(sources.tenant(tenant.orElseThrow()));
        }
        return tenantsOf(sources).stream().map(sources::tenant).toList();
    }

    private static List<String> tenantsOf(DefaultSqlDatabase database) {
        return database.tenants().list().stream().map(TenantInfo::name).toList();
    }

    private void apply(SqlUnits units, Ref<?> gone) {
        units.retrying(RETRIES).run(session -> {
            for (Object source : sources(session, gone)) {
                if (rule.rule() == Rule.CASCADE) {
                    session.remove(source);
                } else {
                    rule.clear(source);
                }
            }
        });
    }

    private List<?> sources(Session session, Ref<?> gone) {
        HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
        return sources(session, gone, builder, rule.source());
    }

    private <S> List<S> sources(Session session, Ref<?> gone, HibernateCriteriaBuilder builder, Class<S> source) {
        CriteriaQuery<S> query = builder.createQuery(source);
        var root = query.from(source);
        return session.createSelectionQuery(query.select(root).where(builder.equal(rule.attribute(root), gone)))
                .getResultList();
    }

    private long count(Session session, Ref<?> to) {
        HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
        CriteriaQuery<Long> query = builder.createQuery(Long.class);
        var root = query.from(rule.source());
        return session.createSelectionQuery(
                        query.select(builder.count(root)).where(builder.equal(rule.attribute(root), to)))
                .getSingleResult();
    }

    /** Does what is left, for all tenants. */
    int repair() {
        if (rule.rule() == Rule.RESTRICT) {
            return 0;
        }
        if (!targets.isTenantModel(rule.target())) {
            return repair(Optional.empty());
        }
        return tenantsOf(targets).stream()
                .mapToInt(tenant -> repair(Optional.of(tenant)))
                .sum();
    }

    private int repair(Optional<String> tenant) {
        int repaired = 0;
        for (SqlUnits units : unitsOfSources(tenant)) {
            for (Ref<?> gone : dangling(units, tenant)) {
                apply(units, gone);
                repaired++;
            }
        }
        return repaired;
    }

    private List<Ref<?>> dangling(SqlUnits units, Optional<String> tenant) {
        SqlUnits there = targets.isTenantModel(rule.target()) ? targets.tenant(tenant.orElseThrow()) : targets;
        List<Ref<?>> all = units.read(this::distinct);
        List<Ref<?>> dangling = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PORTION) {
            List<Ref<?>> portion = all.subList(from, Math.min(all.size(), from + PORTION));
            Set<Object> existing = there.read(session -> existing(session, portion));
            portion.stream().filter(ref -> !existing.contains(ref.id())).forEach(dangling::add);
        }
        return dangling;
    }

    private List<Ref<?>> distinct(Session session) {
        HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
        var query = builder.createQuery(Object.class);
        var root = query.from(rule.source());
        List<Ref<?>> found = new ArrayList<>();
        session.createSelectionQuery(query.select(rule.attribute(root))
                        .distinct(true)
                        .where(builder.isNotNull(rule.attribute(root))))
                .getResultList()
                .forEach(ref -> found.add((Ref<?>) ref));
        return found;
    }

    private Set<Object> existing(Session session, List<Ref<?>> portion) {
        List<Object> ids = new ArrayList<>();
        portion.forEach(ref -> ids.add(ref.id()));
        Set<Object> existing = new HashSet<>();
        for (@Nullable Object object : session.findMultiple(rule.target(), ids)) {
            if (object != null) {
                existing.add(session.getIdentifier(object));
            }
        }
        return existing;
    }
}
