package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AutoFlushEvent;
import org.hibernate.event.spi.AutoFlushEventListener;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.FlushEvent;
import org.hibernate.event.spi.FlushEventListener;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl;

/**
 * Removes the content types of rows that are deleted one by one, and the rows of content types that are; gives those their
 * content types that a stateless session inserts. A flush that deletes any number of rows of one hierarchy costs one query
 * for the ids of their content types and one delete of those.
 */
final class ContentTypeEvents
        implements PreInsertEventListener,
                PreUpsertEventListener,
                DeleteEventListener,
                PreDeleteEventListener,
                PostDeleteEventListener,
                FlushEventListener,
                AutoFlushEventListener {
    private static final long serialVersionUID = 1L;

    private final transient ContentTypeMaker maker;
    private final transient ContentTypeRows rows;
    private final transient ContentTypeDeletes deletes;
    private final transient WeakIdentityMap<Pending> pending = new WeakIdentityMap<>();

    /** What a flush is about to delete. Has no way back to its session. */
    private static final class Pending {
        /** Root and id of a row to its content type. */
        private final Map<String, Map<Object, UUID>> found = new HashMap<>();

        private final Set<UUID> removed = new LinkedHashSet<>();
        private boolean isOneOfMany;

        /** Looking for content types is a query, before which Hibernate announces a flush, in the middle of one. */
        private boolean isLooking;
    }

    ContentTypeEvents(ContentTypeMaker maker, ContentTypeRows rows, ContentTypeDeletes deletes) {
        this.maker = maker;
        this.rows = rows;
        this.deletes = deletes;
    }

    void listenTo(EventListenerRegistry listeners) {
        listeners.prependListeners(EventType.PRE_INSERT, this);
        listeners.prependListeners(EventType.PRE_UPSERT, this);
        listeners.prependListeners(EventType.DELETE, this);
        listeners.appendListeners(EventType.PRE_DELETE, this);
        listeners.appendListeners(EventType.POST_DELETE, this);
        listeners.appendListeners(EventType.FLUSH, this);
        listeners.appendListeners(EventType.AUTO_FLUSH, this);
    }

    // ---- what comes

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        ContentTypeLink link = maker.link(event.getPersister());
        if (link != null) {
            rows.sendHeld(event.getSession());
            Object[] state = event.getState();
            int index = event.getPersister().getPropertyIndex(link.property());
            if (isMissing(state[index])) {
                state[index] = insertFor(event.getEntity(), link, event.getSession());
                if (link.isField()) {
                    event.getPersister().setValue(event.getEntity(), index, state[index]);
                }
            }
        }
        return false;
    }

    private static boolean isMissing(Object value) {
        return value == null || value == PropertyAccessStrategyBackRefImpl.UNKNOWN;
    }

    private Object insertFor(Object entity, ContentTypeLink link, SharedSessionContractImplementor session) {
        ContentType type = maker.takeMade(entity);
        if (type == null) {
            type = maker.make(link.root(), entity, null, null, session);
            rows.insert(List.of(type), session);
        }
        return link.isField() ? type : type.id();
    }

    /** The row may be there: it keeps the content type that it has. */
    @Override
    public boolean onPreUpsert(PreUpsertEvent event) {
        ContentTypeLink link = maker.link(event.getPersister());
        if (link != null) {
            Object[] state = event.getState();
            int index = event.getPersister().getPropertyIndex(link.property());
            if (isMissing(state[index])) {
                SharedSessionContractImplementor session = event.getSession();
                UUID present =
                        rows.typesOf(link, List.of(event.getId()), session).get(event.getId());
                if (present == null) {
                    state[index] = insertFor(event.getEntity(), link, session);
                } else {
                    state[index] = link.isField() ? rows.reference(present, session) : present;
                }
            }
        }
        return false;
    }

    // ---- what goes

    /** Before the content type itself, so that Hibernate deletes all that belongs to the row, and the database nothing. */
    @Override
    public void onDelete(DeleteEvent event) {
        Object object = Hibernate.unproxy(event.getObject());
        if (object instanceof ContentType type) {
            EventSource session = event.getSession();
            EntityEntry entry = session.getPersistenceContextInternal().getEntry(object);
            if (entry == null || !entry.getStatus().isDeletedOrGone()) {
                rows.rowOf(type, session).ifPresent(session::remove);
            }
        }
    }

    @Override
    public void onDelete(DeleteEvent event, DeleteContext transientEntities) {
        onDelete(event);
    }

    @Override
    public boolean onPreDelete(PreDeleteEvent event) {
        EntityPersister persister = event.getPersister();
        SharedSessionContractImplementor session = event.getSession();
        if (event.getEntity() instanceof ContentType type) {
            if (!(session instanceof EventSource) || !rows.isReached(type, session)) {
                looking(session, () -> deletes.deleteRowsOf(List.of(type), session));
            }
        } else {
            ContentTypeLink link = maker.link(persister);
            if (link != null && !link.keepsRows()) {
                find(link, event.getId(), session);
            }
        }
        return false;
    }

    /** The rows of the whole flush at once. */
    private void find(ContentTypeLink link, Object id, SharedSessionContractImplementor session) {
        Pending mine = pending(session);
        Map<Object, UUID> found = mine.found.computeIfAbsent(link.root(), root -> new HashMap<>());
        if (!found.containsKey(id)) {
            Set<Object> ids = new LinkedHashSet<>();
            ids.add(id);
            if (session instanceof EventSource) {
                for (var entity : session.getPersistenceContextInternal().reentrantSafeEntityEntries()) {
                    EntityEntry entry = entity.getValue();
                    if (entry.getStatus() == Status.DELETED
                            && entry.getPersister().getRootEntityName().equals(link.root())) {
                        ids.add(entry.getId());
                    }
                }
            }
            looking(session, () -> found.putAll(rows.typesOf(link, new ArrayList<>(ids), session)));
        }
    }

    private void looking(SharedSessionContractImplementor session, Runnable queries) {
        Pending mine = pending(session);
        mine.isLooking = true;
        try {
            queries.run();
        } finally {
            mine.isLooking = false;
        }
    }

    private Pending pending(SharedSessionContractImplementor session) {
        Pending mine = pending.get(session);
        if (mine == null) {
            mine = new Pending();
            pending.put(session, mine);
        }
        return mine;
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        SharedSessionContractImplementor session = event.getSession();
        ContentTypeLink link = maker.link(event.getPersister());
        Pending mine = link == null ? null : pending.get(session);
        if (link == null || mine == null) {
            return;
        }
        Map<Object, UUID> found = mine.found.get(link.root());
        UUID type = found == null ? null : found.remove(event.getId());
        if (type != null) {
            mine.removed.add(type);
            if (!(session instanceof EventSource) && !mine.isOneOfMany) {
                deletePending(session);
            }
        }
    }

    @Override
    public void onFlush(FlushEvent event) {
        deletePending(event.getSession());
    }

    @Override
    public void onAutoFlush(AutoFlushEvent event) {
        deletePending(event.getSession());
    }

    /** Makes a stateless session treat several deletes as one. Ended by {@link #deletePending}. */
    void beginMany(Map<ContentTypeLink, List<Object>> ids, SharedSessionContractImplementor session) {
        Pending mine = pending(session);
        mine.isOneOfMany = true;
        ids.forEach((link, some) -> mine.found
                .computeIfAbsent(link.root(), root -> new HashMap<>())
                .putAll(rows.typesOf(link, some, session)));
    }

    /** Deletes the content types of what has been deleted. */
    void deletePending(SharedSessionContractImplementor session) {
        Pending mine = pending.get(session);
        if (mine == null || mine.isLooking) {
            return;
        }
        pending.remove(session);
        if (!mine.removed.isEmpty()) {
            deletes.deleteTypes(mine.removed, session);
        }
    }

    void forget(SharedSessionContractImplementor session) {
        pending.remove(session);
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
