package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.NotSupportedException;
import dev.regista.spi.Backend;
import dev.regista.spi.Failures;
import dev.regista.spi.UnitSettings;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** The live side of a SQL database: its pool, and its models' mapping once somebody needs it. */
final class SqlBackend implements Backend<Session> {
    private final String name;
    private final SqlSettings settings;
    private final DefaultSignals signals;
    private final Product product;
    private final ContentTypeNeighbours neighbours;
    private final WeakIdentityMap<Route> origins;
    private final String defaultSchema;
    private final PhysicalConnections physical;
    private final Duration connectTimeout;
    private final @Nullable WriterTurn writerTurn;
    private final Pool pool;
    private final @Nullable TenantPools tenantPools;

    /** For units without a route. A database with tenants has no such units; there it is the other one. */
    private final LazyMapping mapping;

    private final LazyMapping routed;
    private final TenantDirectory directory;
    private final Tables tables;
    private final WeakIdentityMap<ContentType> preparedTypes = new WeakIdentityMap<>();
    private final Map<String, Long> schemaAges = new ConcurrentHashMap<>();

    /** The models whose tables have been created here, where that is wanted. */
    private volatile @Nullable MappedModels created;

    /** Keeps a database alive that lives as long as any connection; outside the pool, so that no one waits for it. */
    private final @Nullable Connection keeper;

    private SqlBackend(
            String name,
            Supplier<MappedModels> models,
            SqlSettings settings,
            DefaultSignals signals,
            PhysicalConnections physical,
            Duration connectTimeout,
            Product product,
            String currentSchema,
            ContentTypeNeighbours neighbours,
            WeakIdentityMap<Route> origins)
            throws SQLException {
        this.neighbours = neighbours;
        this.origins = origins;
        this.name = name;
        this.settings = settings;
        this.signals = signals;
        this.product = product;
        String schema = settings.schema();
        this.defaultSchema = schema == null ? currentSchema : schema;
        this.keeper =
                InMemory.of(settings.target().url()) == InMemory.WHILE_CONNECTED ? physical.getConnection() : null;
        this.physical = physical;
        this.connectTimeout = connectTimeout;
        this.writerTurn = product == Product.SQLITE ? new WriterTurn(busyTimeout(settings, connectTimeout)) : null;
        this.tenantPools = settings.tenantDatabases() == null
                ? null
                : new TenantPools(name, settings, physical, connectTimeout, product);
        this.pool = tenantPools == null ? new Pool(name, settings, physical) : tenantPools.shared();
        this.routed = new LazyMapping(models, wanted -> map(wanted, this::mapRouted));
        this.mapping = settings.hasTenants()
                ? routed
                : new LazyMapping(models, wanted -> map(wanted, all -> Mapping.plain(this, all)));
        this.tables = new Tables(this);
        this.directory = new TenantDirectory(name);
    }

    /** Makes sure that the server answers, before there is a pool to hide it. */
    static SqlBackend open(
            String name,
            Supplier<MappedModels> models,
            SqlSettings settings,
            DefaultSignals signals,
            Duration connectTimeout,
            ContentTypeNeighbours neighbours,
            WeakIdentityMap<Route> origins)
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
        SqlBackend backend = new SqlBackend(
                name, models, settings, signals, physical, connectTimeout, product, schema, neighbours, origins);
        try {
            if (settings.createTables()) {
                backend.mapping.use().close();
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

    /** With the tables, where opening creates them: whoever works with a mapping finds those of its models. */
    private Mapping map(MappedModels wanted, Function<MappedModels, Mapping> how) {
        Mapping built = how.apply(wanted);
        if (!settings.createTables() || wanted.equals(created)) {
            return built;
        }
        boolean hasNewSchema;
        try {
            hasNewSchema = tables.createShared(built);
            created = wanted;
        } catch (Throwable t) {
            new Failures(t).attempt(built::close);
            throw t;
        }
        if (hasNewSchema) {
            // Hibernate has tables of its own there, which it creates, or fails to, when the mapping is built.
            built.close();
            return how.apply(wanted);
        }
        return built;
    }

    private Mapping mapRouted(MappedModels wanted) {
        Mapping built = Mapping.routed(this, wanted);
        ((RoutedConnections) built.services().requireService(MultiTenantConnectionProvider.class))
                .serve(Objects.requireNonNull(built.placeholders()));
        return built;
    }

    private void readTenants() {
        if (!settings.createTables()) {
            tables.createCatalogueOfTenants();
        }
        refreshTenants();
    }

    /** Reads the catalogue of tenants. */
    void refreshTenants() {
        TenantDirectory.Reading reading = directory.beginReading();
        try (LazyMapping.Use use = routed.use();
                StatelessSession session = use.mapping()
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

    /** Returns the same for the database in which a tenant is. */
    DataSource unpooled(TenantInfo tenant) {
        return tenant.placement() == Placement.DATABASE
                ? new PhysicalConnections(settings.ofTenant(tenant.schema()).target(), connectTimeout, false)
                : unpooled();
    }

    SqlSettings settings() {
        return settings;
    }

    DefaultSignals signals() {
        return signals;
    }

    /** Returns the schema of models that name none, if nothing else is said. */
    String defaultSchema() {
        return defaultSchema;
    }

    TenantDirectory directory() {
        return directory;
    }

    /** Returns the classes that Hibernate maps: the models, and the catalogue of tenants, if there is one. */
    Set<Class<?>> mappedClasses(MappedModels wanted) {
        Set<Class<?>> all = new LinkedHashSet<>(wanted.classes());
        if (settings.hasTenants()) {
            all.add(TenantRow.class);
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

    /** Returns which tenants the objects of the application came from. */
    WeakIdentityMap<Route> origins() {
        return origins;
    }

    LazyMapping mapping() {
        return mapping;
    }

    /** Returns where writers wait, or null where there may be several at once. */
    @Nullable
    WriterTurn writerTurn() {
        return writerTurn;
    }

    private static Duration busyTimeout(SqlSettings settings, Duration otherwise) {
        String said = settings.target().driverProperties().get("busy_timeout");
        return said != null && said.matches("\\d{1,9}") ? Duration.ofMillis(Long.parseLong(said)) : otherwise;
    }

    LazyMapping routed() {
        return routed;
    }

    LazyMapping mapping(@Nullable Route route) {
        return route == null ? mapping : routed;
    }

    /** Makes ready for other models; what cannot be mapped fails here, and nothing has changed. */
    void prepare(MappedModels next) {
        try {
            mapping.prepare(next);
            if (routed != mapping) {
                routed.prepare(next);
            }
        } catch (Throwable t) {
            settle();
            throw t;
        }
    }

    /** Goes on with the models that are there now. */
    void settle() {
        mapping.settle();
        routed.settle();
    }

    /** Takes a connection of the pool; given back by {@link #giveBack}. */
    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Takes a connection that keeps to a route; given back by {@link #giveBack}. */
    Connection connection(Route route, Placeholders placeholders) throws SQLException {
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
    static void forgetCached(Mapping mapping) {
        SessionFactoryImplementor factory = (SessionFactoryImplementor) mapping.sessionFactory();
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
