package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.NotSupportedException;
import dev.regista.spi.Backend;
import dev.regista.spi.Failures;
import dev.regista.spi.UnitSettings;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypeSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** The live side of a SQL database: its pool, and its models' mapping once somebody needs it. */
final class SqlBackend implements Backend<Session> {
    private final String name;
    private final Set<Class<?>> models;
    private final SqlSettings settings;
    private final Product product;
    private final ContentTypeNeighbours neighbours;
    private final String defaultSchema;
    private final PhysicalConnections physical;
    private final Pool pool;
    private final @Nullable TenantPools tenantPools;

    /** For units without a route. A database with tenants has no such units; there it is the other one. */
    private final LazyMapping mapping;

    private final LazyMapping routed;
    private final TenantDirectory directory;
    private final Tables tables;
    private final WeakIdentityMap<ContentType> preparedTypes = new WeakIdentityMap<>();
    private final Map<String, Long> schemaAges = new ConcurrentHashMap<>();

    /** Keeps a database alive that lives as long as any connection; outside the pool, so that no one waits for it. */
    private final @Nullable Connection keeper;

    private SqlBackend(
            String name,
            Set<Class<?>> models,
            SqlSettings settings,
            PhysicalConnections physical,
            Duration connectTimeout,
            Product product,
            String currentSchema,
            ContentTypeNeighbours neighbours)
            throws SQLException {
        this.neighbours = neighbours;
        this.name = name;
        this.models = models;
        this.settings = settings;
        this.product = product;
        String schema = settings.schema();
        this.defaultSchema = schema == null ? currentSchema : schema;
        this.keeper =
                InMemory.of(settings.target().url()) == InMemory.WHILE_CONNECTED ? physical.getConnection() : null;
        this.physical = physical;
        this.tenantPools = settings.tenantDatabases() == null
                ? null
                : new TenantPools(name, settings, physical, connectTimeout, product);
        this.pool = tenantPools == null ? new Pool(name, settings, physical) : tenantPools.shared();
        this.routed = new LazyMapping(() -> Mapping.routed(this));
        this.mapping = settings.hasTenants() ? routed : new LazyMapping(() -> Mapping.plain(this));
        this.tables = new Tables(this);
        this.directory = new TenantDirectory(name);
    }

    /** Makes sure that the server answers, before there is a pool to hide it. */
    static SqlBackend open(
            String name,
            Set<Class<?>> models,
            SqlSettings settings,
            Duration connectTimeout,
            ContentTypeNeighbours neighbours)
            throws Exception {
        PhysicalConnections physical =
                new PhysicalConnections(settings.target(), connectTimeout, settings.hasTenants());
        Product product;
        String schema;
        try (Connection first = physical.getConnection()) {
            product = Product.of(first);
            schema = product.currentSchema(first);
        }
        if (settings.hasTenants() && product == Product.SQLITE) {
            throw new ConfigurationException("SQLite has no schemas, and so no tenants");
        }
        SqlBackend backend =
                new SqlBackend(name, models, settings, physical, connectTimeout, product, schema, neighbours);
        try {
            if (settings.createTables()) {
                backend.tables().createAll();
            }
            if (settings.hasTenants()) {
                backend.readTenants();
            }
            return backend;
        } catch (Throwable t) {
            new Failures(t).attempt(backend::close);
            throw t;
        }
    }

    private void readTenants() {
        if (!settings.createTables()) {
            tables.create(table -> table.getName().equals(TenantRow.TABLE), sequence -> false);
        }
        refreshTenants();
    }

    /** Reads the catalogue of tenants. */
    void refreshTenants() {
        TenantDirectory.Reading reading = directory.beginReading();
        try (StatelessSession session = routed.get()
                .sessionFactory()
                .withStatelessOptions()
                .tenantIdentifier(Route.SHARED)
                .openStatelessSession()) {
            List<TenantRow> rows = session.createSelectionQuery("from dev.regista.Tenant", TenantRow.class)
                    .getResultList();
            directory.replaceAll(reading, rows.stream().map(TenantRow::info).toList());
        } finally {
            directory.endReading(reading);
        }
    }

    @Override
    public SqlUnit begin(UnitSettings settings) {
        return new SqlUnit(this, settings);
    }

    @Override
    public boolean isRetryable(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && product.isRetryable(refused)) {
                return true;
            }
        }
        return false;
    }

    String name() {
        return name;
    }

    Product product() {
        return product;
    }

    Pool pool() {
        return pool;
    }

    /** Returns where connections come from that are not the pool's. */
    DataSource unpooled() {
        boolean only = InMemory.of(settings.target().url()) == InMemory.PER_CONNECTION;
        return only ? pool.dataSource() : physical;
    }

    SqlSettings settings() {
        return settings;
    }

    /** Returns the schema of models that name none, if nothing else is said. */
    String defaultSchema() {
        return defaultSchema;
    }

    TenantDirectory directory() {
        return directory;
    }

    /** Returns the classes that Hibernate maps: the models, the catalogue of tenants and the content types, if there are any. */
    Set<Class<?>> mappedClasses() {
        Set<Class<?>> all = new LinkedHashSet<>(models);
        if (settings.hasTenants()) {
            all.add(TenantRow.class);
        }
        ContentTypeSettings types = settings.contentTypes();
        if (types != null && types.database() == null) {
            all.add(types.prototype());
        }
        return all;
    }

    ContentTypeNeighbours neighbours() {
        return neighbours;
    }

    /** Returns what somebody wants in the content types of objects that have none yet. */
    WeakIdentityMap<ContentType> preparedTypes() {
        return preparedTypes;
    }

    LazyMapping mapping() {
        return mapping;
    }

    Mapping routed() {
        return routed.get();
    }

    SessionFactory sessionFactory(@Nullable Route route) {
        return (route == null ? mapping : routed).get().sessionFactory();
    }

    /** Returns what content types are in the units of a route, or null if rows have none. */
    @Nullable
    ContentTypeSupport contentTypes(@Nullable Route route) {
        return settings.contentTypes() == null
                ? null
                : (route == null ? mapping : routed).get().contentTypes();
    }

    /** Takes a connection that keeps to a route; given back by {@link #giveBack}. */
    Connection connection(@Nullable Route route) throws SQLException {
        if (route == null) {
            return pool.getConnection();
        }
        // Before there is a connection: building the mapping needs one too.
        Placeholders placeholders = Objects.requireNonNull(routed.get().placeholders());
        return route.isApart()
                ? PlacedConnection.of(this, placeholders, route)
                : RoutedConnection.over(pool.getConnection(), schemas(placeholders, route));
    }

    void giveBack(Connection connection) throws SQLException {
        if (!PlacedConnection.giveBack(connection)) {
            if (RoutedConnection.isChanged(connection)) {
                discard(connection);
            }
            pool.closeConnection(RoutedConnection.behind(connection));
        }
    }

    /**
     * Returns what puts the schemas of a route into statements. A tenant that has been dropped meanwhile has no statements
     * any more: there may be another one of its name.
     */
    UnaryOperator<String> schemas(Placeholders placeholders, Route route) {
        String tenant = route.tenant();
        if (tenant == null) {
            return sql -> placeholders.fill(sql, route);
        }
        return sql -> {
            directory.checkStillThere(route);
            return placeholders.fill(sql, route);
        };
    }

    /** Makes a connection be closed once it is given back. */
    void discard(Connection connection) {
        if (!PlacedConnection.discard(connection)) {
            pool.discard(RoutedConnection.behind(connection));
        }
    }

    /** Returns the pools of tenants that have databases of their own; only asked where there can be such tenants. */
    TenantPools tenantPools() {
        if (tenantPools == null) {
            throw new NotSupportedException(
                    name, "tenants that have databases of their own: where those are has not been set");
        }
        return tenantPools;
    }

    boolean hasCache() {
        return settings.hasCache();
    }

    /** Returns how often a schema of this name has been dropped here. */
    long schemaAge(String schema) {
        return schemaAges.getOrDefault(schema, 0L);
    }

    /** After a schema has been dropped: one of the same name later has other ids. */
    void noteDropped(String schema) {
        schemaAges.merge(schema, 1L, Long::sum);
    }

    /** After sequences have been dropped: what Hibernate knows of them would give out ids that new ones give out again. */
    void forgetMappings() {
        mapping.renew();
        routed.renew();
    }

    /** After a unit with nested ones, whose sessions told the second-level cache of the outcome before it was one. */
    void forgetCached(@Nullable Route route) {
        SessionFactoryImplementor factory = (SessionFactoryImplementor) sessionFactory(route);
        if (factory.getSessionFactoryOptions().isSecondLevelCacheEnabled()) {
            factory.getCache().evictAllRegions();
        }
    }

    Tables tables() {
        return tables;
    }

    @Override
    public void close() throws Exception {
        Failures failures = new Failures();
        failures.attempt(mapping::close);
        failures.attempt(routed::close);
        failures.attempt(tenantPools == null ? pool::close : tenantPools::close);
        if (keeper != null) {
            failures.attempt(keeper::close);
        }
        failures.throwIfAny();
    }
}
