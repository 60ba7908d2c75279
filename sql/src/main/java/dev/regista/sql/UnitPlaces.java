package dev.regista.sql;

import dev.regista.Units;
import dev.regista.routing.Routing;
import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** What a database reaches by units of work: everything. */
final class UnitPlaces implements ContentTypePlaces {
    private final Supplier<SqlBackend> backend;
    private final SqlDatabase database;
    private final Function<Supplier<@Nullable Route>, SqlUnits> units;

    UnitPlaces(
            Supplier<SqlBackend> backend, SqlDatabase database, Function<Supplier<@Nullable Route>, SqlUnits> units) {
        this.backend = backend;
        this.database = database;
        this.units = units;
    }

    private record Place(Units<Session> units) implements ContentTypePlace {
        @Override
        public <T> T call(Function<SharedSessionContractImplementor, T> work) {
            return units.<T, RuntimeException>call(session -> work.apply((SharedSessionContractImplementor) session));
        }
    }

    @Override
    public ContentTypePlace here() {
        return new Place(database);
    }

    @Override
    public ContentTypePlace types() {
        RemoteContentTypes remote = support().maker().remote();
        return remote == null ? here() : remote.home().contentTypePlaces().here();
    }

    @Override
    public UnitPlaces of(ContentType type) {
        ContentTypeMaker maker = support().maker();
        if (maker.isHere(type)) {
            return this;
        }
        RemoteContentTypes remote = maker.remote();
        return remote == null
                ? backend.get()
                        .neighbours()
                        .neighbour(type.database().orElseThrow())
                        .contentTypePlaces()
                : remote.home().contentTypePlaces().of(type);
    }

    @Override
    public Optional<ContentTypePlace> at(@Nullable Long tenantId, @Nullable String schema) {
        if (tenantId == null) {
            Routing ambient = Routing.capture();
            return Optional.of(
                    Objects.equals(schema, ambient.schema().orElse(null))
                            ? here()
                            : schema == null
                                    ? new Place(units.apply(this::shared))
                                    : new Place(database.schema(schema)));
        }
        return active().filter(tenant -> tenant.id() == tenantId).findFirst().map(this::in);
    }

    private @Nullable Route shared() {
        return database.hasTenants() ? Route.SHARED : null;
    }

    private java.util.stream.Stream<TenantInfo> active() {
        return database.hasTenants()
                ? backend.get().directory().list().stream().filter(tenant -> tenant.state() == TenantState.ACTIVE)
                : java.util.stream.Stream.empty();
    }

    private ContentTypePlace in(TenantInfo tenant) {
        return new Place(database.tenant(tenant.name()));
    }

    @Override
    public List<ContentTypePlace> all(boolean isTenants) {
        return isTenants ? active().map(this::in).toList() : List.of(here());
    }

    @Override
    public ContentTypeSupport support() {
        return Objects.requireNonNull(backend.get().mapping().get().contentTypes());
    }
}
