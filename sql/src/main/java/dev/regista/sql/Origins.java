package dev.regista.sql;

import dev.regista.WrongTenantException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Hibernate;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostLoadEvent;
import org.hibernate.event.spi.PostLoadEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.metamodel.mapping.CollectionPart;
import org.hibernate.metamodel.mapping.internal.EntityCollectionPart;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.proxy.HibernateProxy;
import org.jspecify.annotations.Nullable;

/**
 * Which tenant each object of a tenant model came from, as long as the application has the object. A session knows its
 * objects; one that is detached knows only its id, which in another tenant is the id of another row. That is so too for
 * references that nothing has been loaded for, and for what an object refers to: a foreign key is an id.
 */
final class Origins
        implements PostLoadEventListener,
                LoadEventListener,
                PostInsertEventListener,
                MergeEventListener,
                DeleteEventListener,
                PreInsertEventListener,
                PreUpdateEventListener,
                PreDeleteEventListener,
                PreUpsertEventListener,
                PreCollectionRecreateEventListener,
                PreCollectionUpdateEventListener {
    private static final long serialVersionUID = 1L;

    private final transient WeakIdentityMap<Route> origins;
    private final String database;
    private final transient TenantModels models;

    /** By the names of entities; empty for shared ones. */
    private final transient Map<String, Optional<EntityLinks>> links = new ConcurrentHashMap<>();

    /**
     * Begins to watch.
     *
     * @param origins what is known already: mappings come and go while the application has its objects
     */
    Origins(String database, TenantModels models, WeakIdentityMap<Route> origins) {
        this.database = database;
        this.models = models;
        this.origins = origins;
    }

    void listenTo(EventListenerRegistry listeners) {
        listeners.appendListeners(EventType.POST_LOAD, this);
        listeners.appendListeners(EventType.LOAD, this);
        listeners.appendListeners(EventType.POST_INSERT, this);
        listeners.prependListeners(EventType.MERGE, this);
        listeners.prependListeners(EventType.DELETE, this);
        listeners.appendListeners(EventType.PRE_INSERT, this);
        listeners.appendListeners(EventType.PRE_UPDATE, this);
        listeners.appendListeners(EventType.PRE_DELETE, this);
        listeners.appendListeners(EventType.PRE_UPSERT, this);
        listeners.appendListeners(EventType.PRE_COLLECTION_RECREATE, this);
        listeners.appendListeners(EventType.PRE_COLLECTION_UPDATE, this);
    }

    // ---- where objects come from

    @Override
    public void onPostLoad(PostLoadEvent event) {
        note(event.getEntity(), event.getPersister(), event.getSession());
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        note(event.getEntity(), event.getPersister(), event.getSession());
    }

    /** For references; what has been loaded was noted then. */
    @Override
    public void onLoad(LoadEvent event, LoadType type) {
        Object result = event.getResult();
        if (result != null && !Hibernate.isInitialized(result)) {
            note(
                    result,
                    event.getFactory().getMappingMetamodel().getEntityDescriptor(event.getEntityClassName()),
                    event.getSession());
        }
    }

    private void note(Object entity, EntityPersister persister, SharedSessionContractImplementor session) {
        Route route = (Route) session.getTenantIdentifierValue();
        if (route.tenant() != null && links(persister, session).isPresent()) {
            origins.put(entity, route);
        }
    }

    private Optional<EntityLinks> links(EntityPersister persister, SharedSessionContractImplementor session) {
        Optional<EntityLinks> known = links.get(persister.getEntityName());
        return known != null
                ? known
                : links.computeIfAbsent(
                        persister.getEntityName(),
                        name -> isTenants(persister)
                                ? Optional.of(new EntityLinks(persister, session))
                                : Optional.empty());
    }

    private boolean isTenants(EntityPersister persister) {
        Class<?> type = persister.getMappedClass();
        return type != null && models.contains(type);
    }

    // ---- where they may go

    @Override
    public void onMerge(MergeEvent event) {
        Object original = event.getOriginal();
        if (original == null) {
            return;
        }
        SharedSessionContractImplementor session = event.getSession();
        check(original, session);
        if (Hibernate.isInitialized(original)) {
            Object entity = Hibernate.unproxy(original);
            EntityPersister persister = session.getEntityPersister(event.getEntityName(), entity);
            links(persister, session).ifPresent(all -> all.visitAll(entity, session, other -> check(other, session)));
        }
    }

    @Override
    public void onMerge(MergeEvent event, MergeContext copied) {
        onMerge(event);
    }

    @Override
    public void onDelete(DeleteEvent event) {
        check(event.getObject(), event.getSession());
    }

    @Override
    public void onDelete(DeleteEvent event, DeleteContext transientEntities) {
        onDelete(event);
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        checkLinks(event.getEntity(), event.getState(), event.getPersister(), event.getSession());
        return false;
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        check(event.getEntity(), event.getSession());
        checkLinks(event.getEntity(), event.getState(), event.getPersister(), event.getSession());
        return false;
    }

    @Override
    public boolean onPreDelete(PreDeleteEvent event) {
        check(event.getEntity(), event.getSession());
        return false;
    }

    @Override
    public boolean onPreUpsert(PreUpsertEvent event) {
        check(event.getEntity(), event.getSession());
        checkLinks(event.getEntity(), event.getState(), event.getPersister(), event.getSession());
        return false;
    }

    @Override
    public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
        checkElements(event);
    }

    @Override
    public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
        checkElements(event);
    }

    /** An inverse collection is not written. */
    private void checkElements(AbstractCollectionEvent event) {
        CollectionPersister persister = event.getCollectionPersister();
        PersistentCollection<?> collection = event.getCollection();
        // None in a stateless session, which has been through it with the object.
        SharedSessionContractImplementor session = collection.getSession();
        if (session == null || persister == null || persister.isInverse() || !collection.wasInitialized()) {
            return;
        }
        CollectionPart element = persister.getAttributeMapping().getElementDescriptor();
        CollectionPart key = persister.getAttributeMapping().getIndexDescriptor();
        Iterator<?> entries = collection.entries(persister);
        for (int i = 0; entries.hasNext(); i++) {
            Object entry = entries.next();
            EntityLinks.visit(element, collection.getElement(entry), other -> check(other, session));
            if (key instanceof EntityCollectionPart) {
                check(collection.getIndex(entry, i, persister), session);
            }
        }
    }

    /** A stateless session does not say whose the collections are that it writes. */
    private void checkLinks(
            Object entity,
            @Nullable Object[] state,
            EntityPersister persister,
            SharedSessionContractImplementor session) {
        links(persister, session).ifPresent(all -> {
            if (session.isEventSource()) {
                all.visit(state, session, other -> check(other, session));
            } else {
                all.visitAll(entity, session, other -> check(other, session));
            }
        });
    }

    private void check(Object entity, SharedSessionContractImplementor session) {
        Route origin = origins.get(entity);
        if (origin == null && entity instanceof HibernateProxy && Hibernate.isInitialized(entity)) {
            origin = origins.get(Hibernate.unproxy(entity));
        }
        Route route = (Route) session.getTenantIdentifierValue();
        if (origin != null && !origin.isOfTenantOf(route)) {
            throw new WrongTenantException(
                    database,
                    entity instanceof HibernateProxy proxy
                            ? proxy.getHibernateLazyInitializer().getEntityName()
                            : entity.getClass().getName(),
                    route.tenant() == null ? "no tenant" : "tenant '" + route.tenant() + "'");
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
