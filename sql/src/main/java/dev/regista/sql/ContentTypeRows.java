package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.ValuedModelPart;
import org.hibernate.persister.entity.AbstractEntityPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Content types and their rows in the session of somebody else. What runs while a session flushes does not make it flush. */
final class ContentTypeRows {
    /** Fewer parameters than any database allows in a statement. */
    static final int MOST_AT_ONCE = 500;

    private final ContentTypeMaker maker;
    private final SqlBackend backend;
    private final WeakIdentityMap<Boolean> busy = new WeakIdentityMap<>();

    ContentTypeRows(ContentTypeMaker maker, SqlBackend backend) {
        this.maker = maker;
        this.backend = backend;
    }

    /** Sends the content types that wait for the first row of a flush. */
    void sendHeld(SharedSessionContractImplementor session) {
        RemoteContentTypes remote = maker.remote();
        if (remote != null) {
            remote.sendHeld(session);
        }
    }

    /** Returns the databases whose content types are in this one. */
    List<DefaultSqlDatabase> guests() {
        return backend.neighbours().guests();
    }

    DefaultSqlDatabase guest(ContentType type) {
        return backend.neighbours().neighbour(type.database().orElseThrow());
    }

    /** Deletes content types whose rows are gone or have never come. */
    void deleteTypesAlone(List<UUID> ids, SharedSessionContract session) {
        alone(
                session,
                () -> parts(ids)
                        .forEach(some -> session.createMutationQuery(
                                        "delete from " + maker.prototype().getName() + " where id in (:ids)")
                                .setParameterList("ids", some)
                                .executeUpdate()));
    }

    /** Stores content types at once. */
    void insert(List<ContentType> types, SharedSessionContractImplementor session) {
        RemoteContentTypes remote = maker.remote();
        if (remote != null) {
            remote.store(types, session);
            return;
        }
        if (session instanceof EventSource source) {
            types.forEach(source::persist);
            source.flush();
            return;
        }
        StatelessSession stateless = (StatelessSession) session;
        if (types.size() == 1) {
            stateless.insert(types.get(0));
        } else {
            stateless.insertMultiple(types);
        }
    }

    /** Returns the content types of rows of one hierarchy, by the ids of the rows. */
    Map<Object, UUID> typesOf(ContentTypeLink link, List<Object> ids, SharedSessionContractImplementor session) {
        Map<Object, UUID> found = new HashMap<>();
        String hql = "select id(e), " + link.hql() + " from " + link.root() + " e where id(e) in (:ids)";
        for (List<Object> some : parts(ids)) {
            unflushed(
                    session,
                    () -> session.createSelectionQuery(hql, Object[].class)
                            .setParameterList("ids", some)
                            .getResultList()
                            .forEach(row -> {
                                if (row[1] != null) {
                                    found.put(row[0], (UUID) row[1]);
                                }
                            }));
        }
        return found;
    }

    /** Returns the rows of content types of one hierarchy, in one schema, by the ids of their content types. */
    Map<UUID, Object> rowsOf(ContentTypeLink link, List<UUID> types, SharedSessionContractImplementor session) {
        Map<UUID, Object> found = new HashMap<>();
        String hql = "select " + link.hql() + ", e from " + link.root() + " e where " + link.hql() + " in (:types)";
        for (List<UUID> some : parts(types)) {
            session.createSelectionQuery(hql, Object[].class)
                    .setParameterList("types", some)
                    .getResultList()
                    .forEach(row -> found.put((UUID) row[0], row[1]));
        }
        return found;
    }

    /** Returns the row of a content type, if it is where the session works. */
    Optional<Object> rowOf(ContentType type, SharedSessionContractImplementor session) {
        ContentTypeLink link = link(type, session.getFactory());
        if (link == null || !isWithin(Place.of(type), link, session)) {
            return Optional.empty();
        }
        return Optional.ofNullable(rowsOf(link, List.of(type.id()), session).get(type.id()))
                .map(Hibernate::unproxy);
    }

    /** Whether the row of a content type is where the session works. */
    boolean isReached(ContentType type, SharedSessionContractImplementor session) {
        ContentTypeLink link = link(type, session.getFactory());
        return link != null && isWithin(Place.of(type), link, session);
    }

    /** Returns how the model of a content type is linked, or null if there is no such model any more. */
    @Nullable
    ContentTypeLink link(ContentType type, SessionFactoryImplementor factory) {
        EntityPersister persister = model(type.name(), factory);
        return persister == null || !maker.isHere(type) ? null : maker.link(persister);
    }

    static @Nullable EntityPersister model(String name, SessionFactoryImplementor factory) {
        String entity = factory.getJpaMetamodel().qualifyImportableName(name);
        return entity == null ? null : factory.getMappingMetamodel().findEntityDescriptor(entity);
    }

    private static boolean isWithin(Place place, ContentTypeLink link, SharedSessionContractImplementor session) {
        Route route = (Route) session.getTenantIdentifierValue();
        if (link.isTenants()) {
            return route != null && route.tenant() != null && Objects.equals(place.tenantId(), route.tenantId());
        }
        return Objects.equals(place.schema(), route == null ? null : route.schema());
    }

    /** Returns a content type by its id alone, to refer to it. */
    Object reference(UUID id, SharedSessionContractImplementor session) {
        return maker.types(session.getFactory()).instantiate(id, session);
    }

    void deleteTypes(Collection<UUID> ids, SharedSessionContractImplementor session) {
        RemoteContentTypes remote = maker.remote();
        if (remote != null) {
            remote.deleteAfterCommit(ids, session);
            return;
        }
        EntityPersister types = maker.types(session.getFactory());
        String hql = "delete from " + types.getEntityName() + " where id in (:ids)";
        for (List<UUID> some : parts(List.copyOf(ids))) {
            unflushed(
                    session,
                    () -> session.createMutationQuery(hql)
                            .setParameterList("ids", some)
                            .executeUpdate());
        }
        if (session instanceof EventSource source) {
            for (UUID id : ids) {
                Object managed =
                        session.getPersistenceContextInternal().getEntity(session.generateEntityKey(id, types));
                if (managed != null) {
                    source.evict(managed);
                }
            }
        }
    }

    /** Deletes the rows of content types, by their ids, where no foreign key does. */
    void deleteRowsById(List<UUID> ids, SharedSessionContractImplementor session) {
        if (busy.get(session) != null) {
            return;
        }
        EntityPersister types = maker.types(session.getFactory());
        for (List<UUID> some : parts(ids)) {
            unflushed(
                    session,
                    () -> deleteRowsOf(
                            session.createSelectionQuery(
                                            "from " + types.getEntityName() + " where id in (:ids)", ContentType.class)
                                    .setParameterList("ids", some)
                                    .getResultList(),
                            session));
        }
    }

    /** Deletes the content types of the rows of a tenant, whose rows are gone. */
    void deleteTypesOfTenant(long tenantId, SharedSessionContract session) {
        alone(
                session,
                () -> session.createMutationQuery(
                                "delete from " + maker.settings().prototype().getName() + " where tenantId = :tenant")
                        .setParameter("tenant", tenantId)
                        .executeUpdate());
    }

    /** Which table in which schema. */
    private record Place(
            String model, @Nullable String schema, @Nullable Long tenantId) {
        static Place of(ContentType type) {
            return new Place(
                    type.name(), type.schema().orElse(null), type.tenantId().orElse(null));
        }

        boolean isTenants() {
            return tenantId != null;
        }
    }

    /** Deletes the rows of content types where no foreign key does. */
    void deleteRowsOf(Collection<? extends ContentType> types, SharedSessionContractImplementor session) {
        Map<Place, List<UUID>> places = new LinkedHashMap<>();
        Map<String, List<ContentType>> elsewhere = new LinkedHashMap<>();
        for (ContentType type : types) {
            if (!maker.isHere(type)) {
                elsewhere
                        .computeIfAbsent(type.database().orElseThrow(), key -> new ArrayList<>())
                        .add(type);
            } else if (!maker.hasConstraint()) {
                places.computeIfAbsent(Place.of(type), key -> new ArrayList<>()).add(type.id());
            }
        }
        elsewhere.forEach(this::deleteRowsIn);
        places.forEach((place, ids) -> parts(ids).forEach(some -> deleteRows(place, some, session)));
    }

    /** Runs queries in a session without a flush before. */
    private static void unflushed(SharedSessionContractImplementor session, Runnable queries) {
        if (session instanceof EventSource source) {
            FlushMode before = source.getHibernateFlushMode();
            source.setHibernateFlushMode(FlushMode.MANUAL);
            try {
                queries.run();
            } finally {
                source.setHibernateFlushMode(before);
            }
        } else {
            queries.run();
        }
    }

    /** In units of work of their own. */
    private void deleteRowsIn(String database, List<ContentType> types) {
        UnitPlaces there = backend.neighbours().neighbour(database).contentTypePlaces();
        Map<Place, List<UUID>> places = new LinkedHashMap<>();
        types.forEach(type ->
                places.computeIfAbsent(Place.of(type), key -> new ArrayList<>()).add(type.id()));
        places.forEach((place, ids) -> {
            ContentTypeLink link = there.support().linkOf(place.model());
            if (link != null) {
                there.at(place.tenantId(), place.schema())
                        .ifPresent(where -> where.call(session -> {
                            parts(ids).forEach(some -> there.support().rows().deleteRowsNow(link, some, session));
                            return ids.size();
                        }));
            }
        });
    }

    private void deleteRows(Place place, List<UUID> types, SharedSessionContractImplementor session) {
        ContentTypeLink here = maker.names().get(place.model());
        if (here == null) {
            return;
        }
        if (isWithin(place, here, session)) {
            deleteRowsByQuery(here, types, session);
        } else {
            deleteRowsElsewhere(place, types, session);
        }
    }

    private void deleteRowsByQuery(ContentTypeLink link, List<UUID> types, SharedSessionContractImplementor session) {
        unflushed(session, () -> deleteRowsNow(link, types, session));
    }

    private void deleteRowsNow(ContentTypeLink link, List<UUID> types, SharedSessionContractImplementor session) {
        List<Object> ids = session.createSelectionQuery(
                        "select id(e) from " + link.root() + " e where " + link.hql() + " in (:types)", Object.class)
                .setParameterList("types", types)
                .getResultList();
        if (ids.isEmpty()) {
            return;
        }
        alone(
                session,
                () -> session.createMutationQuery("delete from " + link.root() + " e where id(e) in (:ids)")
                        .setParameterList("ids", ids)
                        .executeUpdate());
    }

    /** Deletes by a query what the other side of the link does not follow. */
    private void alone(SharedSessionContract session, Runnable query) {
        SharedSessionContract itself = StatelessBatches.behind(session);
        busy.put(itself, true);
        try {
            query.run();
        } finally {
            busy.remove(itself);
        }
    }

    /** Deletes the content types of rows that have been deleted by a query, unless that was for the content types' sake. */
    void deleteTypesAfterRows(List<UUID> ids, SharedSessionContractImplementor session) {
        if (busy.get(session) == null) {
            deleteTypes(ids, session);
        }
    }

    /** What belongs to a row in other tables goes with it, by their foreign keys. */
    private void deleteRowsElsewhere(Place place, List<UUID> types, SharedSessionContractImplementor session) {
        SessionFactoryImplementor named = place.schema() == null
                ? session.getFactory()
                : (SessionFactoryImplementor) backend.routed().sessionFactory();
        EntityPersister persister = model(place.model(), named);
        ContentTypeLink link = persister == null ? null : maker.link(persister);
        if (persister == null || link == null) {
            return;
        }
        String sql = "delete from " + table(persister) + " where " + link.column() + " in ("
                + "?,".repeat(types.size() - 1) + "?)";
        execute(place.schema() == null ? sql : inSchema(sql, place), types, mapping(link, session), session);
    }

    private String inSchema(String sql, Place place) {
        Route route =
                place.isTenants() ? Route.SHARED.withTenantSchema(place.schema()) : Route.of(place.schema(), 0, null);
        return Objects.requireNonNull(backend.routed().placeholders()).fill(sql, route);
    }

    /** Returns the tables that have the column of a link: one, or that of each concrete class. */
    static List<String> tables(ContentTypeLink link, SessionFactoryImplementor factory) {
        List<String> tables = new ArrayList<>();
        factory.getMappingMetamodel().forEachEntityDescriptor(persister -> {
            if (persister.getRootEntityName().equals(link.root()) && !persister.isAbstract()) {
                String table = table(persister);
                if (!tables.contains(table)) {
                    tables.add(table);
                }
            }
        });
        return tables;
    }

    /** Whether a table has a row of a content type, also one that queries do not see. */
    boolean isPresent(ContentTypeLink link, UUID type, SharedSessionContractImplementor session) {
        for (String table : tables(link, session.getFactory())) {
            String sql = "select 1 from " + table + " where " + link.column() + " = ?";
            boolean isThere = session.doReturningWork(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    bind(statement, 1, type, mapping(link, session), session);
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next();
                    }
                }
            });
            if (isThere) {
                return true;
            }
        }
        return false;
    }

    private static String table(EntityPersister persister) {
        return ((AbstractEntityPersister) persister).getIdentifierTableMapping().getTableName();
    }

    private static void execute(
            String sql, List<UUID> parameters, JdbcMapping id, SharedSessionContractImplementor session) {
        session.doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.size(); i++) {
                    bind(statement, i + 1, parameters.get(i), id, session);
                }
                statement.executeUpdate();
            }
        });
    }

    /** Returns how the column of a link is read and written: not as in another database. */
    static JdbcMapping mapping(ContentTypeLink link, SharedSessionContractImplementor session) {
        EntityPersister persister = session.getFactory().getMappingMetamodel().getEntityDescriptor(link.root());
        return ((ValuedModelPart) persister.getAttributeMapping(persister.getPropertyIndex(link.property())))
                .getSingleJdbcMapping();
    }

    @SuppressWarnings("unchecked")
    static void bind(
            PreparedStatement statement,
            int index,
            UUID value,
            JdbcMapping mapping,
            SharedSessionContractImplementor session)
            throws java.sql.SQLException {
        mapping.getJdbcValueBinder().bind(statement, value, index, session);
    }

    static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE)));
        }
        return parts;
    }
}
