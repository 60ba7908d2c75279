package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.Isolation;
import dev.regista.Secret;
import dev.regista.spi.config.Address;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.OptionType;
import dev.regista.spi.config.Values;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypeSettings;
import dev.regista.sql.signal.SignalSetup;
import dev.regista.sql.tenancy.TenantDatabases;
import dev.regista.sql.tenancy.WhenFull;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The blocks of a configuration that are {@link SqlDatabase}s. Their options are those of {@link SqlDatabaseBuilder}, with
 * the same defaults. Besides its own keys it reads those of core-lib's SQL connection registry ({@code create_db},
 * {@code session.pool_recycle}).
 */
public final class SqlKind implements DatabaseKind {
    private static final Set<String> SCHEMES =
            Set.of("jdbc", "h2", "sqlite", "postgresql", "postgres", "mariadb", "mysql");

    private static final Option<Address> URL = Option.address("url")
            .describedAs("Where the database is: a JDBC URL, or `scheme://host:port/name`, or the fields of one.");
    private static final Option<DataSource> DATA_SOURCE = Option.object("data-source", DataSource.class)
            .describedAs("In place of a URL: a data source that the program provides; pooled here like a driver.");
    private static final Option<String> USER =
            Option.text("user").alias("username").describedAs("The user; default: the one in the URL.");
    private static final Option<Secret> PASSWORD =
            Option.secret("password").describedAs("The password; default: the one in the URL. Needs a user.");
    private static final Option<String> SCHEMA = Option.text("schema")
            .describedAs("The schema of the models that name none; default: the database's own default.");
    private static final Option<Isolation> ISOLATION = Option.choice("isolation", Isolation.class)
            .describedAs("The isolation of units of work that state none; default: the database's own default.");
    private static final Option<Boolean> CREATE_TABLES = Option.flag("create-tables")
            .alias("create-db")
            .defaultsTo("false")
            .describedAs("Whether opening creates the tables of the models that do not exist.");
    private static final Option<Integer> BATCH_SIZE = Option.number("batch-size")
            .defaultsTo("128")
            .describedAs("How many inserts, updates or deletes of one shape are sent together.");
    private static final Option<Boolean> LOG_QUERIES = Option.flag("log-queries")
            .defaultsTo("false")
            .describedAs("Whether each statement is logged, with its duration, at INFO to `dev.regista.sql.query`.");
    private static final Option<Boolean> LOG_BIND_VALUES = Option.flag("log-bind-values")
            .defaultsTo("false")
            .describedAs("Whether logged statements show their bind values, which may be personal or secret.");

    private static final Option<Integer> SIZE = Option.number("pool.size")
            .alias("session.pool-size")
            .defaultsTo("10")
            .describedAs("How many connections the pool may open.");
    private static final Option<Integer> OVERFLOW = Option.number("pool.overflow")
            .alias("session.max-overflow")
            .alias("session.pool-max-overflow")
            .defaultsTo("0")
            .describedAs("How many connections it may open beyond that under load.");
    private static final Option<Integer> MIN_IDLE = Option.number("pool.min-idle")
            .defaultsTo("0")
            .describedAs("How many connections are kept open even if nobody uses them.");
    private static final Option<Duration> WAIT_LIMIT = Option.duration("pool.wait-limit")
            .defaultsTo("10s")
            .describedAs("How long a unit of work waits for a connection; at least 250ms.");
    private static final Option<Duration> MAX_LIFETIME = Option.duration("pool.max-lifetime")
            .alias("session.pool-recycle")
            .defaultsTo("30m")
            .describedAs("After how long a connection is replaced; at least 30s, 0 for never.");
    private static final Option<Duration> IDLE_TIMEOUT = Option.duration("pool.idle-timeout")
            .defaultsTo("10m")
            .describedAs("After how long a connection that nobody uses is closed; at least 10s, 0 for never.");
    private static final Option<Boolean> PRE_PING = Option.flag("pool.pre-ping")
            .alias("session.pool-pre-ping")
            .defaultsTo("false")
            .describedAs("Whether each connection is tested when it is handed out.");

    private static final Option<List<Class<?>>> TENANT_MODELS = Option.of("tenant-models", new OptionType.Models())
            .describedAs("Models of which each tenant has its own rows, besides those annotated with `@TenantModel`.");
    private static final Option<Secret> TENANT_URL = Option.secret("tenant-databases.url")
            .describedAs(
                    "Gives each new tenant a database of its own in place of a schema: its URL, with `{tenant}` in it.");
    private static final Option<Integer> TENANT_BUDGET = Option.number("tenant-databases.budget")
            .defaultsTo("50")
            .describedAs("How many connections there may be to all of them and the shared one together; at least 2.");
    private static final Option<Integer> TENANT_POOL_SIZE = Option.number("tenant-databases.pool-size")
            .defaultsTo("10")
            .describedAs("How many of them one tenant may have; less than the budget.");
    private static final Option<Duration> TENANT_IDLE_TIMEOUT = Option.duration("tenant-databases.idle-timeout")
            .defaultsTo("1m")
            .describedAs("After how long the pool of a tenant that nobody uses is closed; at least 1s.");
    private static final Option<WhenFull> TENANT_WHEN_FULL = Option.choice("tenant-databases.when-full", WhenFull.class)
            .defaultsTo("evict")
            .describedAs(
                    "What happens when the budget is used up: `evict` closes idle connections, `refuse` does not.");
    private static final Option<List<TenantHook>> ON_TENANT_CREATED = Option.objects(
                    "on-tenant-created", TenantHook.class)
            .describedAs("Hooks that are called, in this order, when a tenant has been created.");
    private static final Option<List<TenantHook>> ON_TENANT_DROPPED = Option.objects(
                    "on-tenant-dropped", TenantHook.class)
            .describedAs("Hooks that are called, in this order, when a tenant has been dropped.");
    private static final Option<TenantSetup> TENANT_SETUP = Option.object("tenant-setup", TenantSetup.class)
            .describedAs("What fills the schema of a new tenant; default: the tables of the tenant models.");
    private static final Option<List<SignalSetup>> SIGNALS = Option.objects("signals", SignalSetup.class)
            .describedAs("What registers listeners to saves, deletes and the ends of units of work.");
    private static final Option<Boolean> CONTENT_TYPES = Option.flag("content-types.enabled")
            .defaultsTo("false")
            .describedAs(
                    "Whether each row of each model has a content type; true, too, if anything else is said of them.");
    private static final Option<List<Class<?>>> CONTENT_TYPE_PROTOTYPE = Option.of(
                    "content-types.prototype", new OptionType.Models())
            .describedAs(
                    "The entity that holds content types; default: one of Regista's, in the table `contenttypes`.");
    private static final Option<List<Class<?>>> CONTENT_TYPES_WITHOUT = Option.of(
                    "content-types.without", new OptionType.Models())
            .describedAs("Models whose rows have no content type, besides those annotated with `@NoContentType`.");
    private static final Option<Boolean> CONTENT_TYPE_CONSTRAINT = Option.flag("content-types.constraint")
            .defaultsTo("true")
            .describedAs("Whether the link of a row to its content type is a foreign key.");
    private static final Option<String> CONTENT_TYPE_DATABASE = Option.text("content-types.database")
            .describedAs("The database of the registry that holds the content types; default: this one.");
    private static final Option<Map<String, String>> DRIVER_PROPERTIES = Option.table("driver-properties")
            .describedAs("Properties of the JDBC driver; they win over what Regista sets.");
    private static final Option<Map<String, String>> HIBERNATE_PROPERTIES = Option.table("hibernate-properties")
            .describedAs("Properties of Hibernate; they win over what Regista sets.");

    /** For the service loader. */
    public SqlKind() {}

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String description() {
        return "A SQL database, over Hibernate and a connection pool.";
    }

    @Override
    public boolean accepts(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public Set<Class<? extends Annotation>> modelAnnotations() {
        return Set.of(Entity.class, Converter.class);
    }

    @Override
    public List<Option<?>> options() {
        return List.of(
                URL,
                DATA_SOURCE,
                USER,
                PASSWORD,
                SCHEMA,
                ISOLATION,
                CREATE_TABLES,
                BATCH_SIZE,
                LOG_QUERIES,
                LOG_BIND_VALUES,
                TENANT_MODELS,
                TENANT_URL,
                TENANT_BUDGET,
                TENANT_POOL_SIZE,
                TENANT_IDLE_TIMEOUT,
                TENANT_WHEN_FULL,
                ON_TENANT_CREATED,
                ON_TENANT_DROPPED,
                TENANT_SETUP,
                SIGNALS,
                CONTENT_TYPES,
                CONTENT_TYPE_PROTOTYPE,
                CONTENT_TYPES_WITHOUT,
                CONTENT_TYPE_CONSTRAINT,
                CONTENT_TYPE_DATABASE,
                SIZE,
                OVERFLOW,
                MIN_IDLE,
                WAIT_LIMIT,
                MAX_LIFETIME,
                IDLE_TIMEOUT,
                PRE_PING,
                DRIVER_PROPERTIES,
                HIBERNATE_PROPERTIES);
    }

    @Override
    public SqlDatabaseBuilder build(Values values) {
        SqlDatabaseBuilder builder =
                at(values.find(URL), values.find(DATA_SOURCE)).pool(pool(values));
        values.ifSet(USER, builder::user);
        values.ifSet(PASSWORD, builder::password);
        values.ifSet(SCHEMA, builder::schema);
        values.ifSet(ISOLATION, builder::isolation);
        values.ifSet(CREATE_TABLES, builder::createTables);
        values.ifSet(BATCH_SIZE, builder::batchSize);
        values.ifSet(LOG_QUERIES, builder::logQueries);
        values.ifSet(LOG_BIND_VALUES, builder::logBindValues);
        values.ifSet(TENANT_MODELS, builder::tenantModels);
        tenantDatabases(values).ifPresent(builder::tenantDatabases);
        values.ifSet(ON_TENANT_CREATED, hooks -> hooks.forEach(builder::onTenantCreated));
        values.ifSet(ON_TENANT_DROPPED, hooks -> hooks.forEach(builder::onTenantDropped));
        values.ifSet(TENANT_SETUP, builder::tenantSetup);
        values.ifSet(SIGNALS, setups -> setups.forEach(builder::signals));
        contentTypes(values).ifPresent(builder::contentTypes);
        values.ifSet(DRIVER_PROPERTIES, properties -> properties.forEach(builder::driverProperty));
        values.ifSet(HIBERNATE_PROPERTIES, properties -> properties.forEach(builder::hibernateProperty));
        return builder;
    }

    private static SqlDatabaseBuilder at(Optional<Address> address, Optional<DataSource> dataSource) {
        if (address.isPresent() == dataSource.isPresent()) {
            throw new ConfigurationException("it needs a url or a data-source, one of them");
        }
        return dataSource.map(SqlDatabase::at).orElseGet(() -> at(address.orElseThrow()));
    }

    private static SqlDatabaseBuilder at(Address address) {
        return address.url().map(SqlDatabase::at).orElseGet(() -> SqlDatabase.at(address.reveal()));
    }

    private static Optional<TenantDatabases> tenantDatabases(Values values) {
        TenantDatabases defaults = TenantDatabases.at("");
        TenantDatabases said = new TenantDatabases(
                values.find(TENANT_URL).orElse(defaults.url()),
                values.find(TENANT_BUDGET).orElse(defaults.budget()),
                values.find(TENANT_POOL_SIZE).orElse(defaults.poolSize()),
                values.find(TENANT_IDLE_TIMEOUT).orElse(defaults.idleTimeout()),
                values.find(TENANT_WHEN_FULL).orElse(defaults.whenFull()));
        if (said.equals(defaults)) {
            return Optional.empty();
        }
        if (said.url() == defaults.url()) {
            throw new ConfigurationException("databases for tenants need a tenant-databases.url");
        }
        return Optional.of(said);
    }

    private static Optional<ContentTypeSettings> contentTypes(Values values) {
        ContentTypeSettings defaults = ContentTypeSettings.DEFAULT;
        ContentTypeSettings said = new ContentTypeSettings(
                values.find(CONTENT_TYPE_PROTOTYPE).map(SqlKind::prototype).orElse(defaults.prototype()),
                Set.copyOf(values.find(CONTENT_TYPES_WITHOUT).orElse(List.of())),
                values.find(CONTENT_TYPE_CONSTRAINT).orElse(defaults.constraint()),
                values.find(CONTENT_TYPE_DATABASE).orElse(null));
        boolean isOn = values.find(CONTENT_TYPES).orElse(!said.equals(defaults));
        return isOn ? Optional.of(said) : Optional.empty();
    }

    private static Class<? extends ContentType> prototype(List<Class<?>> classes) {
        if (classes.size() != 1 || !ContentType.class.isAssignableFrom(classes.get(0))) {
            throw new ConfigurationException("the prototype of content types must be one class that extends "
                    + ContentType.class.getName() + ", not " + classes);
        }
        return classes.get(0).asSubclass(ContentType.class);
    }

    private static PoolSettings pool(Values values) {
        PoolSettings defaults = PoolSettings.DEFAULT;
        return new PoolSettings(
                values.find(SIZE).orElse(defaults.size()),
                values.find(OVERFLOW).orElse(defaults.overflow()),
                values.find(MIN_IDLE).orElse(defaults.minIdle()),
                values.find(WAIT_LIMIT).orElse(defaults.waitLimit()),
                values.find(MAX_LIFETIME).orElse(defaults.maxLifetime()),
                values.find(IDLE_TIMEOUT).orElse(defaults.idleTimeout()),
                values.find(PRE_PING).orElse(defaults.prePing()));
    }
}
