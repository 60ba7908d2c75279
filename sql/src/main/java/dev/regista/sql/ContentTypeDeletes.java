package dev.regista.sql;

import dev.regista.sql.ContentTypeRows.Place;
import dev.regista.sql.contenttype.ContentType;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hibernate.SharedSessionContract;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Deletes in both directions: the content types of rows that are gone, and the rows of content types where no foreign key
 * does. What a query of its own deletes has no consequences a second time.
 */
final class ContentTypeDeletes {
    private final ContentTypeMaker maker;
    private final SqlBackend backend;
    private final WeakIdentityMap<Boolean> busy = new WeakIdentityMap<>();

    ContentTypeDeletes(ContentTypeMaker maker, SqlBackend backend) {
        this.maker = maker;
        this.backend = backend;
    }

    /** Deletes content types whose rows are gone or have never come. */
    void deleteTypesAlone(List<UUID> ids, SharedSessionContract session) {
        alone(
                session,
                () -> ContentTypeRows.parts(ids)
                        .forEach(some -> session.createMutationQuery(
                                        "delete from " + maker.prototype().getName() + " where id in (:ids)")
                                .setParameterList("ids", some)
                                .executeUpdate()));
    }

    void deleteTypes(Collection<UUID> ids, SharedSessionContractImplementor session) {
        RemoteContentTypes remote = maker.remote();
        if (remote != null) {
            remote.deleteAfterCommit(ids, session);
            return;
        }
        EntityPersister types = maker.types(session.getFactory());
        String hql = "delete from " + types.getEntityName() + " where id in (:ids)";
        for (List<UUID> some : ContentTypeRows.parts(List.copyOf(ids))) {
            ContentTypeRows.unflushed(
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
        for (List<UUID> some : ContentTypeRows.parts(ids)) {
            ContentTypeRows.unflushed(
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
        places.forEach((place, ids) -> ContentTypeRows.parts(ids).forEach(some -> deleteRows(place, some, session)));
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
                            ContentTypeRows.parts(ids)
                                    .forEach(some -> there.support().deletes().deleteRowsNow(link, some, session));
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
        if (ContentTypeRows.isWithin(place, here, session)) {
            deleteRowsByQuery(here, types, session);
        } else {
            deleteRowsElsewhere(place, types, session);
        }
    }

    private void deleteRowsByQuery(ContentTypeLink link, List<UUID> types, SharedSessionContractImplementor session) {
        ContentTypeRows.unflushed(session, () -> deleteRowsNow(link, types, session));
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
        if (place.schema() == null) {
            deleteRows(place, session.getFactory(), UnaryOperator.identity(), types, session);
            return;
        }
        try (LazyMapping.Use use = backend.routed().use()) {
            Placeholders placeholders = Objects.requireNonNull(use.mapping().placeholders());
            SessionFactoryImplementor named =
                    (SessionFactoryImplementor) use.mapping().sessionFactory();
            deleteRows(place, named, sql -> placeholders.fill(sql, route(place)), types, session);
        }
    }

    private void deleteRows(
            Place place,
            SessionFactoryImplementor named,
            UnaryOperator<String> filled,
            List<UUID> types,
            SharedSessionContractImplementor session) {
        EntityPersister persister = ContentTypeRows.model(place.model(), named);
        ContentTypeLink link = persister == null ? null : maker.link(persister);
        if (persister != null && link != null) {
            String sql = "delete from " + ContentTypeRows.table(persister) + " where " + link.column() + " in ("
                    + "?,".repeat(types.size() - 1) + "?)";
            execute(filled.apply(sql), types, ContentTypeRows.mapping(link, session), session);
        }
    }

    private static Route route(Place place) {
        return place.isTenants() ? Route.SHARED.withTenantSchema(place.schema()) : Route.of(place.schema(), 0, null);
    }

    private static void execute(
            String sql, List<UUID> parameters, JdbcMapping id, SharedSessionContractImplementor session) {
        session.doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.size(); i++) {
                    ContentTypeRows.bind(statement, i + 1, parameters.get(i), id, session);
                }
                statement.executeUpdate();
            }
        });
    }
}
