package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.sql.contenttype.TypedRow;
import dev.regista.sql.contenttype.UnknownModelException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.persister.entity.EntityPersister;

/** Content types, wherever the work is done. */
final class DefaultContentTypes implements ContentTypes {
    private final ContentTypePlaces places;

    DefaultContentTypes(ContentTypePlaces places) {
        this.places = places;
    }

    @Override
    public <T, C extends ContentType> T with(T entity, Class<C> prototype, Consumer<? super C> values) {
        Objects.requireNonNull(entity, "entity");
        ContentTypeMaker maker = places.support().maker();
        C type = prototype.cast(maker.prepare(entity));
        values.accept(type);
        return entity;
    }

    @Override
    public long count() {
        return places.types()
                .call(session -> session.createSelectionQuery("select count(*) from " + typeEntity(), Long.class)
                        .getSingleResult());
    }

    @Override
    public long count(Class<?> model) {
        return places.types()
                .call(session -> session.createSelectionQuery(
                                "select count(*) from " + typeEntity() + " where name = :name", Long.class)
                        .setParameter(
                                "name",
                                session.getEntityPersister(model.getName(), null)
                                        .getJpaEntityName())
                        .getSingleResult());
    }

    private String typeEntity() {
        return places.support().maker().prototype().getName();
    }

    @Override
    public Optional<ContentType> find(UUID id) {
        return places.types().call(session -> find(session, "id", id));
    }

    @Override
    public Optional<ContentType> findByKey(String collisionKey) {
        return places.types().call(session -> find(session, "collisionKey", collisionKey));
    }

    private Optional<ContentType> find(SharedSessionContractImplementor session, String attribute, Object value) {
        return session.createSelectionQuery(
                        "from " + typeEntity() + " where " + attribute + " = :value", ContentType.class)
                .setParameter("value", value)
                .uniqueResultOptional();
    }

    @Override
    public Optional<ContentType> findOf(Object entity) {
        Object row = Hibernate.unproxy(entity);
        Optional<UUID> type = places.here().call(session -> {
            EntityPersister persister = session.getEntityPersister(null, row);
            ContentTypeLink link = places.support().maker().link(persister);
            Object id = persister.getIdentifier(row, session);
            if (link == null || id == null) {
                return Optional.empty();
            }
            if (session instanceof EventSource source && source.contains(row)) {
                source.flush();
            }
            return Optional.ofNullable(
                    places.support().rows().typesOf(link, List.of(id), session).get(id));
        });
        return type.flatMap(this::find);
    }

    @Override
    public Optional<Object> findRow(ContentType type) {
        ContentTypePlaces where = places.of(type);
        ContentTypeLink link = linkOf(type, where.support());
        return where.at(type.tenantId().orElse(null), type.schema().orElse(null))
                .flatMap(place -> place.call(session -> Optional.ofNullable(where.support()
                                .rows()
                                .rowsOf(link, List.of(type.id()), session)
                                .get(type.id()))
                        .map(Hibernate::unproxy)));
    }

    private static ContentTypeLink linkOf(ContentType type, ContentTypeSupport support) {
        ContentTypeLink link = support.linkOf(type.name());
        if (link == null) {
            throw new UnknownModelException(type, support.database(), support.models());
        }
        return link;
    }

    @Override
    public Stream<TypedRow> rows(Predicate<? super ContentType> wanted) {
        return new ContentTypeWalk(places, typeEntity(), wanted).stream();
    }

    @Override
    public boolean delete(ContentType type) {
        if (!places.support().maker().isHere(type) || places.support().maker().remote() != null) {
            return places.types().call(session -> deleteIn(type, session));
        }
        return places.at(type.tenantId().orElse(null), type.schema().orElse(null))
                .orElseGet(places::here)
                .call(session -> deleteIn(type, session));
    }

    private boolean deleteIn(ContentType type, SharedSessionContractImplementor session) {
        Optional<ContentType> found = find(session, "id", type.id());
        found.ifPresent(present -> delete(present, session));
        return found.isPresent();
    }

    private static void delete(ContentType type, SharedSessionContractImplementor session) {
        if (session instanceof EventSource source) {
            source.remove(type);
            source.flush();
        } else {
            ((StatelessSession) session).delete(type);
        }
    }

    @Override
    public long fill() {
        return over(ContentTypeUpkeep::fill);
    }

    @Override
    public long removeOrphans() {
        return places.support().maker().remote() == null
                ? over(ContentTypeUpkeep::removeOrphans)
                : new RemoteOrphans(places).remove();
    }

    private interface Upkeep {
        long run(ContentTypeUpkeep upkeep, ContentTypeLink link, ContentTypePlace place);
    }

    private long over(Upkeep work) {
        ContentTypeUpkeep upkeep = new ContentTypeUpkeep(places.support());
        long all = 0;
        for (ContentTypeLink link : places.support().maker().links().values()) {
            for (ContentTypePlace place : places.all(link.isTenants())) {
                all += work.run(upkeep, link, place);
            }
        }
        return all;
    }
}
