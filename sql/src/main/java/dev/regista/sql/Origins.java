package dev.regista.sql;

import dev.regista.WrongTenantException;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostLoadEvent;
import org.hibernate.event.spi.PostLoadEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Which tenant each object of a tenant model came from, as long as the application has the object. A session knows its
 * objects; one that is detached knows only its id, which in another tenant is the id of another row.
 */
final class Origins
        implements PostLoadEventListener,
                PostInsertEventListener,
                MergeEventListener,
                PreUpdateEventListener,
                PreDeleteEventListener,
                PreUpsertEventListener {
    private static final long serialVersionUID = 1L;

    private final transient WeakIdentityMap<Route> origins = new WeakIdentityMap<>();
    private final String database;

    /** Asked for each object that is loaded. */
    private final transient ClassValue<Boolean> isTenants;

    Origins(String database, TenantModels models) {
        this.database = database;
        this.isTenants = new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                return models.contains(type);
            }
        };
    }

    void listenTo(EventListenerRegistry listeners) {
        listeners.appendListeners(EventType.POST_LOAD, this);
        listeners.appendListeners(EventType.POST_INSERT, this);
        listeners.prependListeners(EventType.MERGE, this);
        listeners.appendListeners(EventType.PRE_UPDATE, this);
        listeners.appendListeners(EventType.PRE_DELETE, this);
        listeners.appendListeners(EventType.PRE_UPSERT, this);
    }

    @Override
    public void onPostLoad(PostLoadEvent event) {
        note(event.getEntity(), event.getPersister(), event.getSession());
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        note(event.getEntity(), event.getPersister(), event.getSession());
    }

    private void note(Object entity, EntityPersister persister, SharedSessionContractImplementor session) {
        Route route = (Route) session.getTenantIdentifierValue();
        if (route.tenant() != null && isTenants(persister)) {
            origins.put(entity, route);
        }
    }

    private boolean isTenants(EntityPersister persister) {
        Class<?> type = persister.getMappedClass();
        return type != null && isTenants.get(type);
    }

    @Override
    public void onMerge(MergeEvent event) {
        Object original = event.getOriginal();
        if (original != null && Hibernate.isInitialized(original)) {
            check(Hibernate.unproxy(original), event.getSession());
        }
    }

    @Override
    public void onMerge(MergeEvent event, MergeContext copied) {
        onMerge(event);
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        check(event.getEntity(), event.getSession());
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
        return false;
    }

    private void check(Object entity, SharedSessionContractImplementor session) {
        Route origin = origins.get(entity);
        Route route = (Route) session.getTenantIdentifierValue();
        if (origin != null && !origin.isOfTenantOf(route)) {
            throw new WrongTenantException(
                    database,
                    entity.getClass().getName(),
                    route.tenant() == null ? "no tenant" : "tenant '" + route.tenant() + "'");
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
