package dev.regista.sql;

import dev.regista.sql.signal.Operation;
import dev.regista.sql.signal.Save;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AutoFlushEvent;
import org.hibernate.event.spi.AutoFlushEventListener;
import org.hibernate.event.spi.EventSource;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.FlushEvent;
import org.hibernate.event.spi.FlushEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.event.spi.PostUpsertEvent;
import org.hibernate.event.spi.PostUpsertEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Makes signals of what Hibernate says when it writes an object. */
final class SaveSignals
        implements PreInsertEventListener,
                PreUpdateEventListener,
                PreUpsertEventListener,
                PostInsertEventListener,
                PostUpdateEventListener,
                PostUpsertEventListener,
                FlushEventListener,
                AutoFlushEventListener {
    private static final long serialVersionUID = 1L;

    private final String database;
    private final transient Listeners<Save<Object>> before;
    private final transient Listeners<Save<Object>> after;

    SaveSignals(String database, Listeners<Save<Object>> before, Listeners<Save<Object>> after) {
        this.database = database;
        this.before = before;
        this.after = after;
    }

    void listenTo(EventListenerRegistry listeners) {
        listeners.appendListeners(EventType.PRE_INSERT, this);
        listeners.appendListeners(EventType.PRE_UPDATE, this);
        listeners.appendListeners(EventType.PRE_UPSERT, this);
        listeners.appendListeners(EventType.POST_INSERT, this);
        listeners.appendListeners(EventType.POST_UPDATE, this);
        listeners.appendListeners(EventType.POST_UPSERT, this);
        listeners.appendListeners(EventType.FLUSH, this);
        listeners.appendListeners(EventType.AUTO_FLUSH, this);
    }

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        return isSkipped(new SaveSignal(
                database,
                event.getSession(),
                Operation.INSERT,
                event.getEntity(),
                event.getId(),
                event.getState(),
                null,
                event.getPersister()));
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        return isSkipped(new SaveSignal(
                database,
                event.getSession(),
                Operation.UPDATE,
                event.getEntity(),
                event.getId(),
                event.getState(),
                event.getOldState(),
                event.getPersister()));
    }

    @Override
    public boolean onPreUpsert(PreUpsertEvent event) {
        return isSkipped(new SaveSignal(
                database,
                event.getSession(),
                Operation.UPSERT,
                event.getEntity(),
                event.getId(),
                event.getState(),
                null,
                event.getPersister()));
    }

    private boolean isSkipped(SaveSignal save) {
        Class<?> model = save.entity().getClass();
        List<Consumer<Save<Object>>> asked = before.of(model);
        if (!asked.isEmpty()) {
            save.ask(asked, save);
            if (save.isSkipped()) {
                save.tell(after.of(model), save);
            }
        }
        return save.isSkipped();
    }

    @Override
    public void onPostInsert(PostInsertEvent event) {
        Object entity = event.getEntity();
        // Of an insert that has been skipped, Hibernate says at once that it has happened.
        if (!isLeftOut(event.getSession(), entity)) {
            tell(
                    event.getSession(),
                    Operation.INSERT,
                    entity,
                    event.getId(),
                    event.getState(),
                    null,
                    event.getPersister());
        }
    }

    private static boolean isLeftOut(SharedSessionContractImplementor session, Object entity) {
        SqlUnit unit = SignalContext.findUnit(session);
        return unit != null && unit.flushState().isLeftOut(entity);
    }

    @Override
    public void onFlush(FlushEvent event) {
        letGo(event.getSession());
    }

    @Override
    public void onAutoFlush(AutoFlushEvent event) {
        letGo(event.getSession());
    }

    /** The session takes objects whose insert was skipped for ones that have a row, and would update that. */
    private static void letGo(EventSource session) {
        SqlUnit unit = SignalContext.findUnit(session);
        if (unit != null) {
            unit.flushState().takeLeftOut().forEach(session::evict);
        }
    }

    @Override
    public void onPostUpdate(PostUpdateEvent event) {
        tell(
                event.getSession(),
                Operation.UPDATE,
                event.getEntity(),
                event.getId(),
                event.getState(),
                event.getOldState(),
                event.getPersister());
    }

    @Override
    public void onPostUpsert(PostUpsertEvent event) {
        tell(
                event.getSession(),
                Operation.UPSERT,
                event.getEntity(),
                event.getId(),
                event.getState(),
                null,
                event.getPersister());
    }

    private void tell(
            SharedSessionContractImplementor session,
            Operation operation,
            Object entity,
            Object id,
            @Nullable Object[] state,
            @Nullable Object @Nullable [] old,
            EntityPersister persister) {
        List<Consumer<Save<Object>>> told = after.of(entity.getClass());
        if (!told.isEmpty()) {
            SaveSignal save = new SaveSignal(database, session, operation, entity, id, state, old, persister);
            save.tell(told, save);
        }
    }

    @Override
    public boolean requiresPostCommitHandling(EntityPersister persister) {
        return false;
    }
}
