package dev.regista.sql;

import dev.regista.DatabaseBuilder;
import dev.regista.Isolation;
import dev.regista.Secret;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.spi.DatabaseSettings;
import dev.regista.sql.contenttype.ContentTypeSettings;
import dev.regista.sql.signal.SignalSetup;
import dev.regista.sql.tenancy.TenantDatabases;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link SqlDatabase}. Not safe for use by several threads. */
public final class SqlDatabaseBuilder extends AbstractDatabaseBuilder<SqlDatabase, SqlDatabaseBuilder> {
    /** PostgreSQL's driver rewrites a batch into statements of 128 rows, 64 and so on: of 50 rows it makes three. */
    private static final int DEFAULT_BATCH_SIZE = 128;

    private static final List<Class<? extends Annotation>> MAPPED =
            List.of(Entity.class, MappedSuperclass.class, Embeddable.class, Converter.class);

    private final JdbcTarget target;
    private final Set<Class<?>> tenantModels = new LinkedHashSet<>();
    private final Map<String, String> driverProperties = new LinkedHashMap<>();
    private final Map<String, Object> hibernateProperties = new LinkedHashMap<>();
    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable String schema;
    private @Nullable Isolation isolation;
    private @Nullable TenantDatabases tenantDatabases;
    private final List<TenantHook> createdHooks = new ArrayList<>();
    private final List<TenantHook> droppedHooks = new ArrayList<>();
    private final List<SignalSetup> signalSetups = new ArrayList<>();
    private PoolSettings pool = PoolSettings.DEFAULT;
    private @Nullable TenantSetup tenantSetup;
    private @Nullable ContentTypeSettings contentTypes;
    private int batchSize = DEFAULT_BATCH_SIZE;
    private boolean createTables;
    private boolean logQueries;
    private boolean logBindValues;

    SqlDatabaseBuilder(JdbcTarget target) {
        this.target = target;
    }

    /** Sets the user. Default: the one in the URL, if any. */
    public SqlDatabaseBuilder user(String name) {
        this.user = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Sets the password; needs a user. Default: the one in the URL, if any. */
    public SqlDatabaseBuilder password(String value) {
        return password(Secret.of(value));
    }

    /**
     * Sets the password; needs a user. Default: the one in the URL, if any.
     *
     * @param secret revealed each time a physical connection is opened, so that one made from a supplier can be rotated
     */
    public SqlDatabaseBuilder password(Secret secret) {
        this.password = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /** Sets the pool. Default: {@link PoolSettings#DEFAULT}. */
    public SqlDatabaseBuilder pool(PoolSettings settings) {
        this.pool = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Puts the models that name no schema of their own into a schema (on MariaDB and MySQL, a database). Default: the
     * database's own default schema.
     *
     * @param name the schema's name; not blank
     */
    public SqlDatabaseBuilder schema(String name) {
        this.schema = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Adds models of which each tenant has its own rows, as if they were annotated with
     * {@link dev.regista.sql.tenancy.TenantModel}: what extends one of them is one too. A database with such models has
     * {@link SqlDatabase#tenants()}.
     *
     * @param classes the classes; they need not be given to {@link #models(Class...)} too
     */
    public SqlDatabaseBuilder tenantModels(Class<?>... classes) {
        return tenantModels(List.of(classes));
    }

    /**
     * Adds models of which each tenant has its own rows, as {@link #tenantModels(Class...)}.
     *
     * @param classes the classes
     */
    public SqlDatabaseBuilder tenantModels(Iterable<Class<?>> classes) {
        classes.forEach(type -> tenantModels.add(Objects.requireNonNull(type, "model")));
        return models(classes);
    }

    /**
     * Gives each tenant that is created a database of its own. Default: a schema of its own in this one. Tenants that are
     * there already stay where they are.
     */
    public SqlDatabaseBuilder tenantDatabases(TenantDatabases settings) {
        this.tenantDatabases = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Calls a hook when a tenant has been created and can be used, such as for its first rows. If it fails, the tenant is
     * dropped again and {@code create} throws what the hook threw.
     *
     * @param hook called in the order registered
     */
    public SqlDatabaseBuilder onTenantCreated(TenantHook hook) {
        createdHooks.add(Objects.requireNonNull(hook, "hook"));
        return this;
    }

    /**
     * Calls a hook when a tenant has been dropped. If it fails, {@code drop} throws what it threw; the tenant is gone.
     *
     * @param hook called in the order registered
     */
    public SqlDatabaseBuilder onTenantDropped(TenantHook hook) {
        droppedHooks.add(Objects.requireNonNull(hook, "hook"));
        return this;
    }

    /**
     * Sets what fills the schema, or the database, of a new tenant. Row, schema and content are then not one transaction on
     * any database: as where DDL commits by itself, the tenant is {@link dev.regista.sql.tenancy.TenantState#CREATING}
     * meanwhile. Default: the tables of the tenant models.
     *
     * @param setup called by {@link dev.regista.sql.tenancy.Tenants#create}
     */
    public SqlDatabaseBuilder tenantSetup(TenantSetup setup) {
        this.tenantSetup = Objects.requireNonNull(setup, "setup");
        return this;
    }

    /**
     * Registers listeners, as {@link SqlDatabase#signals()} does later. Default: none.
     *
     * @param setup called when the database is built, in the order given
     */
    public SqlDatabaseBuilder signals(SignalSetup setup) {
        signalSetups.add(Objects.requireNonNull(setup, "setup"));
        return this;
    }

    /**
     * Gives each row of each model a content type, as {@link #contentTypes(ContentTypeSettings)} with
     * {@link ContentTypeSettings#DEFAULT}.
     */
    public SqlDatabaseBuilder contentTypes() {
        return contentTypes(ContentTypeSettings.DEFAULT);
    }

    /**
     * Gives each row of each model a content type: a row in one table, created and deleted with it. The classes need not
     * know; their tables have a column {@code content_type} more. Default: none.
     */
    public SqlDatabaseBuilder contentTypes(ContentTypeSettings settings) {
        this.contentTypes = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Sets the isolation of units of work that state none. Default: the database's own default. */
    public SqlDatabaseBuilder isolation(Isolation level) {
        this.isolation = Objects.requireNonNull(level, "level");
        return this;
    }

    /**
     * Whether opening creates the tables of the models that do not exist, as {@link SqlDatabase#createAll()} does. Default:
     * false.
     */
    public SqlDatabaseBuilder createTables(boolean create) {
        this.createTables = create;
        return this;
    }

    /**
     * How many inserts, updates or deletes of one shape are sent together. Default: 128.
     *
     * @param statements at least 1; 1 sends each on its own
     */
    public SqlDatabaseBuilder batchSize(int statements) {
        this.batchSize = statements;
        return this;
    }

    /**
     * Whether each statement is logged, with its duration, at INFO to the logger {@code dev.regista.sql.query}. Bind values
     * are not. Default: false.
     */
    public SqlDatabaseBuilder logQueries(boolean log) {
        this.logQueries = log;
        return this;
    }

    /**
     * Whether logged statements show their bind values, which may be personal or secret. Has an effect only with
     * {@link #logQueries}. Default: false.
     */
    public SqlDatabaseBuilder logBindValues(boolean log) {
        this.logBindValues = log;
        return this;
    }

    /**
     * Sets a property of the JDBC driver. Wins over what Regista sets: batches rewritten into one statement on PostgreSQL
     * and MySQL, more prepared statements on PostgreSQL where there are tenants, the connect timeout as the login timeout,
     * foreign keys, WAL and immediate transactions on SQLite.
     */
    public SqlDatabaseBuilder driverProperty(String name, String value) {
        driverProperties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets a property of Hibernate, such as {@code hibernate.default_batch_fetch_size}. Wins over what Regista sets:
     * batching and ordered inserts and updates. How connections are obtained is not Hibernate's to decide:
     * {@code hibernate.connection.*} is refused, and so are {@code hibernate.hbm2ddl.auto} and its Jakarta counterparts,
     * for which there is {@link #createTables}.
     */
    public SqlDatabaseBuilder hibernateProperty(String name, Object value) {
        hibernateProperties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    @Override
    public DatabaseBuilder<SqlDatabase> defaultSchema(String name) {
        return schema == null ? schema(name) : this;
    }

    @Override
    public SqlDatabase build(String name) {
        DatabaseSettings<SqlDatabase> settings = settings(name);
        DatabaseSettings.throwIfAny(settings.models().stream()
                .flatMap(model -> problemOf(model).stream())
                .toList());
        Set<Class<?>> ofTenants = new TenantModels(tenantModels).among(settings.models());
        return new DefaultSqlDatabase(
                settings,
                new SqlSettings(
                        target.withCredentials(user, password).withDriverProperties(driverProperties),
                        pool,
                        schema,
                        isolation,
                        createTables,
                        batchSize,
                        logQueries,
                        logBindValues,
                        tenantSetup,
                        ofTenants,
                        tenantDatabases,
                        createdHooks,
                        droppedHooks,
                        signalSetups,
                        contentTypes,
                        hibernateProperties));
    }

    /** Returns why a class cannot be mapped, if it cannot. */
    static Optional<String> problemOf(Class<?> model) {
        return MAPPED.stream().anyMatch(model::isAnnotationPresent)
                ? Optional.empty()
                : Optional.of(model.getName()
                        + " is no model: it has none of @Entity, @MappedSuperclass, @Embeddable, @Converter");
    }

    @Override
    protected SqlDatabaseBuilder self() {
        return this;
    }
}
