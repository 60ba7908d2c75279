package dev.regista.sql;

import dev.regista.DatabaseDownException;
import dev.regista.NotOpenException;
import dev.regista.NotSupportedException;
import dev.regista.Units;
import dev.regista.model.Model;
import dev.regista.model.ModelPart;
import dev.regista.routing.Routing;
import dev.regista.spi.AbstractDatabase;
import dev.regista.spi.Backend;
import dev.regista.spi.DatabaseSettings;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.sql.schema.ModelSchema;
import dev.regista.sql.schema.Schemas;
import dev.regista.sql.signal.Signals;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.Tenants;
import java.sql.Connection;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** A SQL database over HikariCP and Hibernate. */
final class DefaultSqlDatabase extends AbstractDatabase<Session, SqlDatabase>
        implements SqlDatabase, ContentTypeNeighbours {
    /** Who asks for tenants that do not exist, perhaps for whatever comes from outside, must not fill the heap. */
    private static final int MOST_KEPT = 10_000;

    private static final int LONGEST_KEPT = 63;

    private final SqlSettings sql;
    private final DefaultSignals signals;
    private final SqlModels models;

    /** The application may have its objects for longer than this is open. */
    private final WeakIdentityMap<Route> origins = new WeakIdentityMap<>();

    private final Map<String, SqlUnits> ofTenants = new ConcurrentHashMap<>();
    private final Units<StatelessSession> stateless = units(unit -> ((SqlUnit) unit).stateless());
    private final Units<Connection> jdbc = units(unit -> ((SqlUnit) unit).jdbc());

    DefaultSqlDatabase(DatabaseSettings<SqlDatabase> settings, SqlSettings sql) {
        super(withContentType(settings, sql), Session.class);
        this.sql = sql;
        this.signals = new DefaultSignals(settings.name());
        sql.signalSetups().forEach(setup -> setup.register(signals));
        this.models = new SqlModels(name(), models(), sql, this::findLive);
    }

    /** Adds the content types that are in this database to its models. */
    private static DatabaseSettings<SqlDatabase> withContentType(
            DatabaseSettings<SqlDatabase> settings, SqlSettings sql) {
        Class<?> type = sql.contentType();
        if (type == null) {
            return settings;
        }
        Set<Class<?>> models = new LinkedHashSet<>(settings.models());
        models.add(type);
        return new DatabaseSettings<>(
                settings.name(),
                models,
                settings.required(),
                settings.connectTimeout(),
                settings.closeTimeout(),
                settings.openHooks(),
                settings.closeHooks());
    }

    @Override
    public boolean brings(Class<?> type) {
        return type == sql.contentType();
    }

    @Override
    protected Backend<Session> open() throws Exception {
        return SqlBackend.open(name(), models::mapped, sql, signals, settings().connectTimeout(), this, origins);
    }

    @Override
    public Optional<Model> findModel(String database, Class<?> type) {
        return models.find(database, type).map(model -> model);
    }

    @Override
    public Optional<Model> prepareModel(String database, Class<?> type) {
        return models.find(database, type).map(DefaultSqlModel::open);
    }

    @Override
    protected Runnable modelsChanging(Set<Class<?>> next, Collection<? extends Model> prepared) {
        return models.change(
                next, prepared.stream().map(model -> (DefaultSqlModel) model).toList());
    }

    @Override
    public void initModels(Set<ModelPart> parts) {
        models.init(live(), parts);
    }

    @Override
    public void invalidateModels(Set<ModelPart> parts) {
        findLive().ifPresent(live -> models.invalidate(live, parts));
    }

    @Override
    protected @Nullable RuntimeException translate(Throwable failure) {
        Class<?> asked = UnknownEntities.find(failure, registries());
        return asked == null || models().contains(asked) ? null : unmapped(asked, failure);
    }

    private Optional<SqlBackend> findLive() {
        try {
            return Optional.of(live());
        } catch (NotOpenException | DatabaseDownException e) {
            return Optional.empty();
        }
    }

    @Override
    protected SqlDatabase self() {
        return this;
    }

    @Override
    public String url() {
        return sql.target().masked();
    }

    /** Looks only at this thread and at what is in memory. */
    @Override
    protected @Nullable Route scope() {
        Routing ambient = Routing.capture();
        return route(ambient.schema().orElse(null), ambient.tenant().orElse(null));
    }

    /** In a database without tenants, the ambient one says nothing. */
    private @Nullable Route route(@Nullable String schema, @Nullable String tenant) {
        String checked = schema == null ? null : SqlSettings.schemaName(schema);
        if (sql.hasTenants()) {
            if (checked == null) {
                return tenant == null ? Route.SHARED : live().directory().route(tenant);
            }
            return Route.of(
                    checked,
                    age(checked),
                    tenant == null ? null : live().directory().active(tenant));
        }
        if (checked == null) {
            return null;
        }
        if (live().hasCache()) {
            throw new NotSupportedException(
                    name(), "schema '" + checked + "' while a second-level cache is on, which knows no schemas");
        }
        return Route.of(checked, age(checked), null);
    }

    private long age(@Nullable String schema) {
        return schema == null ? 0 : live().schemaAge(schema);
    }

    @Override
    public SqlUnits schema(String name) {
        String schema = SqlSettings.schemaName(name);
        return routed(() -> route(schema, Routing.capture().tenant().orElse(null)));
    }

    @Override
    public SqlUnits tenant(String name) {
        SqlUnits kept = ofTenants.get(Objects.requireNonNull(name, "name"));
        return kept != null ? kept : unitsOf(name);
    }

    private SqlUnits unitsOf(String tenant) {
        requireTenants();
        SqlUnits units = routed(() -> route(Routing.capture().schema().orElse(null), tenant));
        if (tenant.length() <= LONGEST_KEPT && ofTenants.size() < MOST_KEPT) {
            ofTenants.put(tenant, units);
        }
        return units;
    }

    private SqlUnits routed(Supplier<@Nullable Route> scope) {
        return new RoutedUnits(
                units(unit -> ((SqlUnit) unit).session(), scope),
                units(unit -> ((SqlUnit) unit).stateless(), scope),
                units(unit -> ((SqlUnit) unit).jdbc(), scope),
                () -> ending(scope.get()));
    }

    @Override
    public Signals signals() {
        return signals;
    }

    @Override
    public void afterCommit(Runnable action) {
        ending(scope()).afterCommit(action);
    }

    @Override
    public void afterRollback(Runnable action) {
        ending(scope()).afterRollback(action);
    }

    private UnitEnding ending(@Nullable Object scope) {
        if (underWay(scope) instanceof SqlUnit unit) {
            return unit.ending();
        }
        throw new IllegalStateException("No unit of work of database '" + name() + "' is under way on this thread"
                + (scope == null || scope.equals(Route.SHARED) ? "" : " in this schema or tenant"));
    }

    /** Whether each tenant has its own rows of a model. */
    boolean isTenantModel(Class<?> model) {
        return new TenantModels(sql.tenantModels()).contains(model);
    }

    @Override
    public boolean hasTenants() {
        return sql.hasTenants();
    }

    private void requireTenants() {
        if (!sql.hasTenants()) {
            throw new NotSupportedException(name(), "tenants: none of its models is a tenant model");
        }
    }

    @Override
    public Schemas schemas() {
        return new DefaultSchemas(this::live, jdbc);
    }

    @Override
    public ModelSchema modelSchema() {
        return new MappedSchema(live());
    }

    @Override
    public Tenants tenants() {
        requireTenants();
        return new DefaultTenants(
                this::live,
                this,
                units(unit -> ((SqlUnit) unit).stateless(), () -> Route.SHARED).requiresNew(),
                new TenantHooks(() -> this, sql.createdHooks(), sql.droppedHooks()));
    }

    @Override
    public ContentTypes contentTypes() {
        requireContentTypes();
        return new DefaultContentTypes(contentTypePlaces());
    }

    @Override
    public ContentTypes contentTypes(SharedSessionContract session) {
        requireContentTypes();
        return new DefaultContentTypes(
                new SessionPlace((SharedSessionContractImplementor) StatelessBatches.behind(session)));
    }

    /** Returns where the content types and the rows of this database are. */
    UnitPlaces contentTypePlaces() {
        return new UnitPlaces(this::live, this, this::routed);
    }

    ContentTypeSupport contentTypeSupport() {
        return Objects.requireNonNull(live().mapping().with(Mapping::contentTypes));
    }

    /** Returns units of work in the shared schema, never joined. */
    Units<StatelessSession> sharedStateless() {
        return units(unit -> ((SqlUnit) unit).stateless(), () -> sql.hasTenants() ? Route.SHARED : null)
                .requiresNew();
    }

    private Stream<DefaultSqlDatabase> neighbours() {
        return registries().stream()
                .flatMap(registry -> registry.databases().values().stream())
                .filter(DefaultSqlDatabase.class::isInstance)
                .map(DefaultSqlDatabase.class::cast)
                .filter(database -> database.sql.contentTypes() != null)
                .distinct();
    }

    @Override
    public DefaultSqlDatabase neighbour(String database) {
        return neighbours()
                .filter(other -> other.name().equals(database) && other != this)
                .findFirst()
                .orElseThrow(() -> new NotSupportedException(
                        name(),
                        "content types in database '" + database
                                + "': no registry that this database is in has a SQL database"
                                + " of that name with content types of its own"));
    }

    @Override
    public List<DefaultSqlDatabase> guests() {
        return neighbours()
                .filter(other -> name().equals(
                                Objects.requireNonNull(other.sql.contentTypes()).database()))
                .toList();
    }

    private void requireContentTypes() {
        if (sql.contentTypes() == null) {
            throw new NotSupportedException(
                    name(), "content types: its rows have none. Call contentTypes() on its builder");
        }
    }

    @Override
    public Units<StatelessSession> stateless() {
        return stateless;
    }

    @Override
    public Units<Connection> jdbc() {
        return jdbc;
    }

    @Override
    public DataSource dataSource() {
        return live().pool().dataSource();
    }

    @Override
    public DataSource unpooled() {
        return live().unpooled();
    }

    @Override
    public DataSource unpooled(TenantInfo tenant) {
        return live().unpooled(tenant);
    }

    @Override
    public SessionFactory sessionFactory() {
        return live().mapping().with(Mapping::sessionFactory);
    }

    @Override
    public void createAll() {
        live().tables().createAll();
    }

    @Override
    public void dropAll() {
        if (sql.hasTenants()) {
            Tenants tenants = tenants();
            tenants.refresh();
            tenants.list().forEach(tenant -> tenants.drop(tenant.name()));
        }
        live().tables().dropAll();
    }

    @Override
    public PoolStatus pool() {
        return live().pool().status();
    }

    /** Returns the pools of tenants with databases of their own. */
    TenantPools tenantPools() {
        return live().tenantPools();
    }

    private SqlBackend live() {
        return (SqlBackend) backend();
    }

    /** Returns name, URL and status, such as {@code SQL database 'main' at jdbc:h2:mem:shop (open)}. */
    @Override
    public String toString() {
        return "SQL database '" + name() + "' at " + url() + " ("
                + status().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
}
