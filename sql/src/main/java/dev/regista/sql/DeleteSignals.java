package dev.regista.sql;

import dev.regista.sql.signal.Delete;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Makes signals of what Hibernate says when it removes an object. A session is asked to remove one long before it does;
 * what is skipped must be skipped then, as later its collections and all that it cascades to are on their way already.
 */
final class DeleteSignals implements PreDeleteEventListener, PostDeleteEventListener {
    private static final long serialVersionUID = 1L;

    private final String database;
    private final transient Listeners<Delete<Object>> before;
    private final transient Listeners<Delete<Object>> after;

    DeleteSignals(String database, Listeners<Delete<Object>> before, Listeners<Delete<Object>> after) {
        this.database = database;
        this.before = before;
        this.after = after;
    }

    @SuppressWarnings("deprecation") // there is no other way to put oneself before listeners and stop an event
    void listenTo(EventListenerRegistry listeners) {
        List<DeleteEventListener> doing = new ArrayList<>();
        listeners.getEventListenerGroup(EventType.DELETE).listeners().forEach(doing::add);
        listeners.setListeners(EventType.DELETE, new Asking(doing));
        listeners.appendListeners(EventType.PRE_DELETE, this);
        listeners.appendListeners(EventType.POST_DELETE, this);
    }

    /** Asks before Hibernate's own listeners do it. */
    private final class Asking implements DeleteEventListener {
        private final List<DeleteEventListener> doing;

        Asking(List<DeleteEventListener> doing) {
            this.doing = doing;
        }

        @Override
        public void onDelete(DeleteEvent event) {
            if (!isSkipped(event)) {
                doing.forEach(listener -> listener.onDelete(event));
            }
        }

        @Override
        public void onDelete(DeleteEvent event, DeleteContext context) {
            if (!isSkipped(event)) {
                doing.forEach(listener -> listener.onDelete(event, context));
            }
        }
    }

    private boolean isSkipped(DeleteEvent event) {
        if (before.isEmpty()) {
            return false;
        }
        Object entity = Hibernate.unproxy(event.getObject());
        EventSource session = event.getSession();
        EntityEntry entry = session.getPersistenceContextInternal().getEntry(entity);
        if (entry != null && entry.getStatus().isDeletedOrGone()) {
            return false;
        }
        EntityPersister persister = session.getEntityPersister(event.getEntityName(), entity);
        Object id = persister.getIdentifier(entity, session);
        return id != null && isSkipped(session, entity, id);
    }

    @Override
    public boolean onPreDelete(PreDeleteEvent event) {
        return event.getSession() instanceof StatelessSession
                && isSkipped(event.getSession(), event.getEntity(), event.getId());
    }

    private boolean isSkipped(SharedSessionContractImplementor session, Object entity, Object id) {
        List<Consumer<Delete<Object>>> asked = before.of(entity.getClass());
        if (asked.isEmpty()) {
            return false;
        }
        DeleteSignal delete = new DeleteSignal(database, session, entity, id);
        delete.ask(asked, delete);
        if (delete.isSkipped()) {
            delete.tell(after.of(entity.getClass()), delete);
        }
        return delete.isSkipped();
    }

    @Override
    public void onPostDelete(PostDeleteEvent event) {
        Object entity = event.getEntity();
        List<Consumer<Delete<Object>>> told = after.of(entity.getClass());
        if (!told.isEmpty()) {
            DeleteSignal delete = new DeleteSignal(database, event.getSession(), entity, event.getId());
            delete.tell(told, delete);
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }

    private static final class DeleteSignal extends SignalContext implements Delete<Object> {
        private final Object entity;
        private final Object id;

        DeleteSignal(String database, SharedSessionContractImplementor session, Object entity, Object id) {
            super(database, session);
            this.entity = entity;
            this.id = id;
        }

        @Override
        public Object entity() {
            return entity;
        }

        @Override
        public Object id() {
            return id;
        }
    }
}
