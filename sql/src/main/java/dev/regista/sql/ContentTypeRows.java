package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.FlushMode;
import org.hibernate.Hibernate;
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

    static boolean isWithin(Place place, ContentTypeLink link, SharedSessionContractImplementor session) {
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

    /** Which table in which schema. */
    record Place(
            String model, @Nullable String schema, @Nullable Long tenantId) {
        static Place of(ContentType type) {
            return new Place(
                    type.name(), type.schema().orElse(null), type.tenantId().orElse(null));
        }

        boolean isTenants() {
            return tenantId != null;
        }
    }

    /** Runs queries in a session without a flush before. */
    static void unflushed(SharedSessionContractImplementor session, Runnable queries) {
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

    static String table(EntityPersister persister) {
        return ((AbstractEntityPersister) persister).getIdentifierTableMapping().getTableName();
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
