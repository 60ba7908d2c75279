package dev.regista.sql;

import dev.regista.Units;
import dev.regista.spi.Failures;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.sql.tenancy.TenantExistsException;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import dev.regista.sql.tenancy.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Tenants over units of work, each of which commits on its own. */
final class DefaultTenants implements Tenants {
    private final Supplier<SqlBackend> backend;
    private final SqlDatabase database;
    private final Units<StatelessSession> units;

    /**
     * Works on the tenants of a database.
     *
     * @param units in the shared schema, never joined
     */
    DefaultTenants(Supplier<SqlBackend> backend, SqlDatabase database, Units<StatelessSession> units) {
        this.backend = backend;
        this.database = database;
        this.units = units;
    }

    @Override
    public TenantInfo create(String name) {
        SqlBackend live = backend.get();
        checkName(name, live);
        SchemaDdl ddl = new SchemaDdl(live);
        TenantSetup setup = live.settings().tenantSetup();
        List<String> tables = setup == null ? ddl.tables(Contents.TENANT_MODELS, name) : List.of();
        TenantInfo tenant = setup == null && live.product().hasTransactionalDdl()
                ? createAtOnce(name, ddl, tables)
                : createInSteps(name, ddl, tables, setup);
        live.directory().put(tenant);
        return tenant;
    }

    private TenantInfo createAtOnce(String name, SchemaDdl ddl, List<String> tables) {
        return units.call(session -> {
            TenantInfo tenant = insert(session, name, TenantState.ACTIVE);
            session.doWork(connection -> ddl.create(connection, name, tables));
            return tenant;
        });
    }

    /** Where DDL commits, the row comes first, so that exactly one of several creators goes on, and says so meanwhile. */
    private TenantInfo createInSteps(String name, SchemaDdl ddl, List<String> tables, @Nullable TenantSetup setup) {
        TenantInfo tenant = units.call(session -> insert(session, name, TenantState.CREATING));
        try {
            units.run(session -> session.doWork(connection -> ddl.create(connection, name, tables)));
            setUp(tenant, ddl, setup);
        } catch (RuntimeException e) {
            new Failures(e).attempt(() -> units.run(session -> delete(session, name)));
            throw e;
        }
        units.run(session -> update(session, name, TenantState.ACTIVE));
        return with(tenant, TenantState.ACTIVE);
    }

    private void setUp(TenantInfo tenant, SchemaDdl ddl, @Nullable TenantSetup setup) {
        if (setup == null) {
            return;
        }
        try {
            setup.setUp(database, tenant);
        } catch (Throwable t) {
            RuntimeException failure = t instanceof RuntimeException e
                    ? e
                    : new SchemaException(database.name(), "set up tenant " + tenant.name(), t);
            new Failures(failure)
                    .attempt(() -> units.run(
                            session -> session.doWork(connection -> ddl.dropCascade(connection, tenant.schema()))));
            throw failure;
        }
    }

    private static void checkName(String name, SqlBackend live) {
        SqlSettings.schemaName(name);
        if (name.toLowerCase(Locale.ROOT).equals(live.defaultSchema().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + name + "' is the shared schema, and cannot be a tenant's");
        }
    }

    private TenantInfo insert(StatelessSession session, String name, TenantState state) {
        TenantRow row = new TenantRow(name, state);
        try {
            session.insert(row);
        } catch (ConstraintViolationException e) {
            throw new TenantExistsException(name, backend.get().name(), e);
        }
        return row.info();
    }

    private static void update(StatelessSession session, String name, TenantState state) {
        session.createMutationQuery("update dev.regista.Tenant set state = :state where name = :name")
                .setParameter("state", state.name())
                .setParameter("name", name)
                .executeUpdate();
    }

    private static void delete(StatelessSession session, String name) {
        session.createMutationQuery("delete from dev.regista.Tenant where name = :name")
                .setParameter("name", name)
                .executeUpdate();
    }

    @Override
    public void drop(String name) {
        SqlBackend live = backend.get();
        TenantInfo tenant = live.directory().get(name);
        SchemaDdl ddl = new SchemaDdl(live);
        if (live.product().hasTransactionalDdl()) {
            units.run(session -> {
                delete(session, name);
                session.doWork(connection -> ddl.dropCascade(connection, tenant.schema()));
            });
        } else {
            change(name, TenantState.DROPPING);
            units.run(session -> session.doWork(connection -> ddl.dropCascade(connection, tenant.schema())));
            units.run(session -> delete(session, name));
        }
        live.directory().remove(name);
    }

    @Override
    public void suspend(String name) {
        change(name, TenantState.SUSPENDED);
    }

    @Override
    public void resume(String name) {
        change(name, TenantState.ACTIVE);
    }

    private void change(String name, TenantState state) {
        SqlBackend live = backend.get();
        TenantInfo tenant = live.directory().get(name);
        units.run(session -> update(session, name, state));
        live.directory().put(with(tenant, state));
    }

    private static TenantInfo with(TenantInfo tenant, TenantState state) {
        return new TenantInfo(tenant.id(), tenant.name(), tenant.schema(), state, tenant.created());
    }

    @Override
    public List<TenantInfo> list() {
        return backend.get().directory().list();
    }

    @Override
    public Optional<TenantInfo> find(String name) {
        return backend.get().directory().find(name);
    }

    @Override
    public void refresh() {
        backend.get().refreshTenants();
    }
}
