package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import dev.regista.sql.contenttype.ContentTypeSettings;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hibernate.boot.Metadata;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Makes the content types of new rows of one mapping. What somebody wants in one is kept beside the object until its row is
 * inserted; nothing is afterwards.
 */
final class ContentTypeMaker {
    private static final ClassValue<Constructor<? extends ContentType>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Constructor<? extends ContentType> computeValue(Class<?> prototype) {
            try {
                Constructor<? extends ContentType> constructor =
                        prototype.asSubclass(ContentType.class).getDeclaredConstructor();
                constructor.setAccessible(true);
                return constructor;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(
                        "the prototype " + prototype.getName() + " needs a constructor without parameters", e);
            }
        }
    };

    private final ContentTypeSettings settings;
    private final boolean hasConstraint;
    private final WeakIdentityMap<ContentType> prepared;
    private final String database;
    private final @Nullable RemoteContentTypes remote;
    private final WeakIdentityMap<ContentType> made = new WeakIdentityMap<>();
    private volatile Map<String, ContentTypeLink> links = Map.of();
    private volatile Map<String, ContentTypeLink> names = Map.of();

    ContentTypeMaker(
            ContentTypeSettings settings,
            boolean hasConstraint,
            WeakIdentityMap<ContentType> prepared,
            String database,
            @Nullable RemoteContentTypes remote) {
        this.settings = settings;
        this.hasConstraint = hasConstraint;
        this.prepared = prepared;
        this.database = database;
        this.remote = remote;
    }

    ContentTypeSettings settings() {
        return settings;
    }

    /** Whether the database deletes the row of a content type that is deleted. */
    boolean hasConstraint() {
        return hasConstraint;
    }

    void linkedBy(Map<String, ContentTypeLink> found, Metadata metadata) {
        this.links = found;
        Map<String, ContentTypeLink> models = new HashMap<>();
        for (PersistentClass entity : metadata.getEntityBindings()) {
            ContentTypeLink link = found.get(entity.getRootClass().getEntityName());
            if (link != null) {
                models.put(entity.getJpaEntityName(), link);
            }
        }
        this.names = Map.copyOf(models);
    }

    /** Returns the links by the names of the models, those of subclasses included. */
    Map<String, ContentTypeLink> names() {
        return names;
    }

    Map<String, ContentTypeLink> links() {
        return links;
    }

    /** Returns how rows of an entity are linked, or null if they are not. */
    @Nullable
    ContentTypeLink link(EntityPersister persister) {
        return links.get(persister.getRootEntityName());
    }

    /** Returns the persister of content types. */
    EntityPersister types(SessionFactoryImplementor factory) {
        SessionFactoryImplementor where = remote == null ? factory : remote.factory();
        return where.getMappingMetamodel().getEntityDescriptor(prototype().getName());
    }

    /** Returns what holds content types in another database, or null if this one does. */
    @Nullable
    RemoteContentTypes remote() {
        return remote;
    }

    /** Whether the row of a content type is in this database. */
    boolean isHere(ContentType type) {
        return type.database().map(database::equals).orElse(remote == null);
    }

    String database() {
        return database;
    }

    /** Returns the entity that holds content types. */
    Class<? extends ContentType> prototype() {
        return remote == null
                ? settings.prototype()
                : remote.home().contentTypeSupport().maker().prototype();
    }

    /**
     * Persists the content type of a row that a session is about to insert.
     *
     * @param original what the object is a copy of, if it is one
     */
    ContentType persist(
            String root,
            Object entity,
            @Nullable Object original,
            @Nullable ContentType given,
            SharedSessionContractImplementor session) {
        EventSource source = (EventSource) session;
        ContentType type = make(root, entity, original, given, session);
        if (remote != null) {
            remote.hold(type, session);
        } else if (!source.contains(type)) {
            source.persist(type);
        }
        return type;
    }

    /** Makes the content type of a new row, and stores it nowhere. */
    ContentType make(
            String root,
            Object entity,
            @Nullable Object original,
            @Nullable ContentType given,
            SharedSessionContractImplementor session) {
        EntityPersister persister = types(session.getFactory());
        ContentType type = given == null ? copyOfPrepared(entity, original, persister) : given;
        fill(type, persister, session.getEntityPersister(null, entity), session, root);
        return type;
    }

    /** Keeps a content type that has been stored for a row that is about to be. */
    void keepMade(Object entity, ContentType type) {
        made.put(entity, type);
    }

    @Nullable
    ContentType takeMade(Object entity) {
        return made.remove(entity);
    }

    /** Returns the content type that an object will have, to put values in. */
    ContentType prepare(Object entity) {
        ContentType type = prepared.get(entity);
        if (type == null) {
            type = instantiate(prototype());
            prepared.put(entity, type);
        }
        return type;
    }

    private static ContentType instantiate(Class<? extends ContentType> prototype) {
        try {
            return CONSTRUCTORS.get(prototype).newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of the prototype " + prototype.getName() + " failed", e);
        }
    }

    /** A copy: if the transaction is rolled back, the object may be stored in another. */
    private ContentType copyOfPrepared(Object entity, @Nullable Object original, EntityPersister types) {
        ContentType copy = instantiate(prototype());
        ContentType type = prepared.get(entity);
        if (type == null && original != null) {
            type = prepared.get(original);
        }
        if (type != null) {
            types.setValues(copy, types.getValues(type));
        }
        return copy;
    }

    private void fill(
            ContentType type,
            EntityPersister types,
            EntityPersister persister,
            SharedSessionContractImplementor session,
            String root) {
        ContentTypeLink link = Objects.requireNonNull(links.get(root), root);
        Route route = (Route) session.getTenantIdentifierValue();
        if (type.id() == null) {
            types.setIdentifier(type, UuidVersion7Strategy.INSTANCE.generateUuid(session), session);
        }
        set(types, type, "name", persister.getJpaEntityName());
        set(types, type, "database", remote == null ? null : database);
        if (route != null) {
            boolean isTenants = link.isTenants() && route.tenant() != null;
            set(types, type, "schema", isTenants ? route.tenantSchema() : route.schema());
            set(types, type, "tenantId", isTenants ? route.tenantId() : null);
        }
    }

    static void set(EntityPersister types, ContentType type, String attribute, @Nullable Object value) {
        types.setValue(type, types.getPropertyIndex(attribute), value);
    }
}
