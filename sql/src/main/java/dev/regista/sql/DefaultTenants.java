package dev.regista.sql;

import dev.regista.Units;
import dev.regista.UnknownTenantException;
import dev.regista.spi.Failures;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantExistsException;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import dev.regista.sql.tenancy.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Tenants over units of work, each of which commits on its own. */
final class DefaultTenants implements Tenants {
    /** The name is part of a URL there, and file systems and servers differ in what they make of others. */
    private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private final Supplier<SqlBackend> backend;
    private final SqlDatabase database;
    private final Units<StatelessSession> units;
    private final TenantHooks hooks;

    /**
     * Works on the tenants of a database.
     *
     * @param units in the shared schema, never joined
     */
    DefaultTenants(
            Supplier<SqlBackend> backend, SqlDatabase database, Units<StatelessSession> units, TenantHooks hooks) {
        this.backend = backend;
        this.database = database;
        this.units = units;
        this.hooks = hooks;
    }

    @Override
    public TenantInfo create(String name) {
        SqlBackend live = backend.get();
        checkName(name, live);
        TenantInfo tenant = live.settings().tenantDatabases() == null ? inSchema(name, live) : inDatabase(name, live);
        live.directory().put(tenant);
        try {
            hooks.forEachCreated(tenant);
        } catch (Throwable t) {
            new Failures(t).attempt(() -> dropWithoutHooks(name));
            throw t;
        }
        return tenant;
    }

    private TenantInfo inSchema(String name, SqlBackend live) {
        SchemaDdl ddl = new SchemaDdl(live);
        TenantSetup setup = live.settings().tenantSetup();
        List<String> tables = setup == null ? ddl.tables(Contents.TENANT_MODELS, name) : List.of();
        return setup == null && live.product().hasTransactionalDdl()
                ? createAtOnce(name, ddl, tables)
                : createInSteps(name, Placement.SCHEMA, row -> {
                    units.run(session -> session.doWork(connection -> ddl.create(connection, name, tables)));
                    setUp(row, ddl, setup);
                });
    }

    private TenantInfo inDatabase(String name, SqlBackend live) {
        DatabaseDdl ddl = new DatabaseDdl(live);
        TenantSetup setup = live.settings().tenantSetup();
        return createInSteps(name, Placement.DATABASE, row -> {
            Route route = Route.of(row);
            ddl.create(route, () -> {
                if (setup == null) {
                    ddl.createTables(route);
                } else {
                    setUp(row, setup);
                }
            });
        });
    }

    private TenantInfo createAtOnce(String name, SchemaDdl ddl, List<String> tables) {
        return units.call(session -> {
            TenantInfo tenant = insert(session, name, Placement.SCHEMA, TenantState.ACTIVE);
            session.doWork(connection -> ddl.create(connection, name, tables));
            return tenant;
        });
    }

    /** Where DDL commits, the row comes first, so that exactly one of several creators goes on, and says so meanwhile. */
    private TenantInfo createInSteps(String name, Placement placement, Consumer<TenantInfo> steps) {
        TenantInfo tenant = units.call(session -> insert(session, name, placement, TenantState.CREATING));
        try {
            steps.accept(tenant);
        } catch (RuntimeException e) {
            new Failures(e).attempt(() -> units.run(session -> delete(session, tenant)));
            throw e;
        }
        units.run(session -> update(session, tenant, TenantState.ACTIVE));
        return with(tenant, TenantState.ACTIVE);
    }

    private void setUp(TenantInfo tenant, SchemaDdl ddl, @Nullable TenantSetup setup) {
        if (setup == null) {
            return;
        }
        try {
            setUp(tenant, setup);
        } catch (RuntimeException failure) {
            new Failures(failure)
                    .attempt(() -> units.run(
                            session -> session.doWork(connection -> ddl.dropCascade(connection, tenant.schema()))));
            throw failure;
        }
    }

    private void setUp(TenantInfo tenant, TenantSetup setup) {
        try {
            setup.setUp(database, tenant);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable t) {
            throw new SchemaException(database.name(), "set up tenant " + tenant.name(), t);
        }
    }

    private static void checkName(String name, SqlBackend live) {
        SqlSettings.schemaName(name);
        if (live.settings().tenantDatabases() != null && !DATABASE.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a tenant that has a database of its own must have 1 to 63"
                    + " of a to z, 0 to 9, _ and -, the first of them a letter, not '" + name + "'");
        }
        if (name.toLowerCase(Locale.ROOT).equals(live.defaultSchema().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("'" + name + "' is the shared schema, and cannot be a tenant's");
        }
    }

    private TenantInfo insert(StatelessSession session, String name, Placement placement, TenantState state) {
        TenantRow row = new TenantRow(name, placement, state);
        try {
            session.insert(row);
        } catch (ConstraintViolationException e) {
            throw new TenantExistsException(name, backend.get().name(), e);
        }
        return row.info();
    }

    private static int update(StatelessSession session, TenantInfo tenant, TenantState state) {
        return session.createMutationQuery("update dev.regista.Tenant set state = :state where id = :id")
                .setParameter("state", state.name())
                .setParameter("id", tenant.id())
                .executeUpdate();
    }

    private static void delete(StatelessSession session, TenantInfo tenant) {
        session.createMutationQuery("delete from dev.regista.Tenant where id = :id")
                .setParameter("id", tenant.id())
                .executeUpdate();
    }

    @Override
    public void drop(String name) {
        hooks.forEachDropped(dropWithoutHooks(name));
    }

    private TenantInfo dropWithoutHooks(String name) {
        SqlBackend live = backend.get();
        TenantInfo tenant = live.directory().get(name);
        // From here on nobody begins anything in it, and what is under way ends with its next statement.
        live.directory().put(with(tenant, TenantState.DROPPING));
        if (tenant.placement() == Placement.SCHEMA && live.product().hasTransactionalDdl()) {
            dropAtOnce(tenant, live);
        } else {
            dropInSteps(tenant, live);
        }
        live.directory().remove(tenant);
        return tenant;
    }

    private void dropAtOnce(TenantInfo tenant, SqlBackend live) {
        SchemaDdl ddl = new SchemaDdl(live);
        try {
            units.run(session -> {
                delete(session, tenant);
                session.doWork(connection -> ddl.dropTenant(connection, tenant.schema()));
                deleteContentTypes(session, tenant, live);
            });
        } catch (RuntimeException e) {
            live.directory().put(tenant);
            throw e;
        }
    }

    /** Where DDL commits, a tenant that cannot be dropped stays one that is being dropped. */
    private void dropInSteps(TenantInfo tenant, SqlBackend live) {
        int rows;
        try {
            rows = units.call(session -> update(session, tenant, TenantState.DROPPING));
        } catch (RuntimeException e) {
            live.directory().put(tenant);
            throw e;
        }
        if (rows == 0) {
            // Another process has dropped it.
            live.directory().remove(tenant);
            throw new UnknownTenantException(tenant.name(), live.name(), names(live));
        }
        if (tenant.placement() == Placement.DATABASE) {
            new DatabaseDdl(live).drop(Route.of(tenant));
        } else {
            SchemaDdl ddl = new SchemaDdl(live);
            units.run(session -> session.doWork(connection -> ddl.dropTenant(connection, tenant.schema())));
        }
        units.run(session -> {
            delete(session, tenant);
            deleteContentTypes(session, tenant, live);
        });
    }

    /** With a foreign key, the rows would go too, one by one: so they go with their schema, and what is left is deleted. */
    private static void deleteContentTypes(StatelessSession session, TenantInfo tenant, SqlBackend live) {
        ContentTypeSupport types = live.routed().with(Mapping::contentTypes);
        if (types != null) {
            types.deletes().deleteTypesOfTenant(tenant.id(), session);
        }
    }

    private static List<String> names(SqlBackend live) {
        return live.directory().list().stream().map(TenantInfo::name).toList();
    }

    @Override
    public TenantInfo rename(String name, String newName) {
        SqlBackend live = backend.get();
        TenantInfo tenant = live.directory().get(name);
        SqlSettings.schemaName(newName);
        if (newName.equals(name)) {
            return tenant;
        }
        units.run(session -> rename(session, tenant, newName));
        TenantInfo renamed = new TenantInfo(
                tenant.id(), newName, tenant.schema(), tenant.placement(), tenant.state(), tenant.created());
        live.directory().put(renamed);
        return renamed;
    }

    private void rename(StatelessSession session, TenantInfo tenant, String newName) {
        try {
            int changed = session.createMutationQuery("update dev.regista.Tenant set name = :name where id = :id")
                    .setParameter("name", newName)
                    .setParameter("id", tenant.id())
                    .executeUpdate();
            if (changed == 0) {
                throw new UnknownTenantException(tenant.name(), backend.get().name(), names(backend.get()));
            }
        } catch (ConstraintViolationException e) {
            throw new TenantExistsException(newName, backend.get().name(), e);
        }
    }

    @Override
    public void suspend(String name) {
        change(name, TenantState.ACTIVE, TenantState.SUSPENDED);
    }

    @Override
    public void resume(String name) {
        change(name, TenantState.SUSPENDED, TenantState.ACTIVE);
    }

    /** The row decides, not what this process remembers. */
    private void change(String name, TenantState from, TenantState to) {
        SqlBackend live = backend.get();
        TenantInfo tenant = live.directory().get(name);
        int changed = units.call(session -> session.createMutationQuery(
                        "update dev.regista.Tenant set state = :to where id = :id and state in (:from, :to)")
                .setParameter("to", to.name())
                .setParameter("from", from.name())
                .setParameter("id", tenant.id())
                .executeUpdate());
        if (changed == 0) {
            live.refreshTenants();
            live.directory().get(name);
            throw live.directory().unusable(name);
        }
        live.directory().put(with(tenant, to));
    }

    private static TenantInfo with(TenantInfo tenant, TenantState state) {
        return new TenantInfo(tenant.id(), tenant.name(), tenant.schema(), tenant.placement(), state, tenant.created());
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
