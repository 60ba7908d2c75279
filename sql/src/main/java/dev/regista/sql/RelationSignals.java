package dev.regista.sql;

import dev.regista.sql.signal.RelationChange;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AbstractCollectionEvent;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.PostCollectionRecreateEvent;
import org.hibernate.event.spi.PostCollectionRecreateEventListener;
import org.hibernate.event.spi.PostCollectionRemoveEvent;
import org.hibernate.event.spi.PostCollectionRemoveEventListener;
import org.hibernate.event.spi.PostCollectionUpdateEvent;
import org.hibernate.event.spi.PostCollectionUpdateEventListener;
import org.hibernate.event.spi.PreCollectionRecreateEvent;
import org.hibernate.event.spi.PreCollectionRecreateEventListener;
import org.hibernate.event.spi.PreCollectionRemoveEvent;
import org.hibernate.event.spi.PreCollectionRemoveEventListener;
import org.hibernate.event.spi.PreCollectionUpdateEvent;
import org.hibernate.event.spi.PreCollectionUpdateEventListener;
import org.jspecify.annotations.Nullable;

/** Makes signals of what Hibernate says when it writes the links of many-to-many collections. */
final class RelationSignals
        implements PreCollectionRecreateEventListener,
                PreCollectionUpdateEventListener,
                PreCollectionRemoveEventListener,
                PostCollectionRecreateEventListener,
                PostCollectionUpdateEventListener,
                PostCollectionRemoveEventListener {
    private final String database;
    private final Listeners<RelationChange<Object>> before;
    private final Listeners<RelationChange<Object>> after;

    RelationSignals(
            String database, Listeners<RelationChange<Object>> before, Listeners<RelationChange<Object>> after) {
        this.database = database;
        this.before = before;
        this.after = after;
    }

    void listenTo(EventListenerRegistry listeners) {
        listeners.appendListeners(EventType.PRE_COLLECTION_RECREATE, this);
        listeners.appendListeners(EventType.PRE_COLLECTION_UPDATE, this);
        listeners.appendListeners(EventType.PRE_COLLECTION_REMOVE, this);
        listeners.appendListeners(EventType.POST_COLLECTION_RECREATE, this);
        listeners.appendListeners(EventType.POST_COLLECTION_UPDATE, this);
        listeners.appendListeners(EventType.POST_COLLECTION_REMOVE, this);
    }

    @Override
    public void onPreRecreateCollection(PreCollectionRecreateEvent event) {
        begin(event, List.of(), elements(event.getCollection()));
    }

    @Override
    public void onPreUpdateCollection(PreCollectionUpdateEvent event) {
        begin(event, snapshot(event.getCollection()), elements(event.getCollection()));
    }

    @Override
    public void onPreRemoveCollection(PreCollectionRemoveEvent event) {
        begin(event, snapshot(event.getCollection()), List.of());
    }

    private void begin(AbstractCollectionEvent event, @Nullable List<Object> old, @Nullable List<Object> now) {
        Object owner = event.getAffectedOwnerOrNull();
        if (owner == null
                || event.getCollectionPersister() == null
                || !event.getCollectionPersister().isManyToMany()) {
            return;
        }
        if (before.of(owner.getClass()).isEmpty() && after.of(owner.getClass()).isEmpty()) {
            return;
        }
        List<Object> was = old == null ? List.of() : old;
        List<Object> is = now == null ? List.of() : now;
        RelationSignal change =
                new RelationSignal(database, event, owner, without(is, was), without(was, is), old != null);
        if (change.isKnown() && change.added().isEmpty() && change.removed().isEmpty()) {
            return;
        }
        SqlUnit unit = SignalContext.findUnit(event.getSession());
        change.ask(before.of(owner.getClass()), change);
        if (unit != null) {
            unit.flushState().begin(change);
        }
    }

    private static List<Object> without(List<Object> some, List<Object> others) {
        List<Object> left = new ArrayList<>(some);
        others.forEach(left::remove);
        return List.copyOf(left);
    }

    private static @Nullable List<Object> elements(@Nullable PersistentCollection<?> collection) {
        return collection == null || !collection.wasInitialized() ? null : listed(collection);
    }

    private static @Nullable List<Object> snapshot(@Nullable PersistentCollection<?> collection) {
        Serializable snapshot = collection == null ? null : collection.getStoredSnapshot();
        return snapshot == null ? null : listed(snapshot);
    }

    /** Hibernate's snapshot of a set is a map, with the elements as keys and as values. */
    private static @Nullable List<Object> listed(Object elements) {
        Object some = elements instanceof Map<?, ?> map ? map.values() : elements;
        if (!(some instanceof Collection<?> collection)) {
            return null;
        }
        List<Object> listed = new ArrayList<>();
        collection.stream().filter(element -> element != null).forEach(listed::add);
        return listed;
    }

    @Override
    public void onPostRecreateCollection(PostCollectionRecreateEvent event) {
        end(event);
    }

    @Override
    public void onPostUpdateCollection(PostCollectionUpdateEvent event) {
        end(event);
    }

    @Override
    public void onPostRemoveCollection(PostCollectionRemoveEvent event) {
        end(event);
    }

    /** A stateless session says neither whose collection it is nor which; those have not been begun. */
    private void end(AbstractCollectionEvent event) {
        SqlUnit unit = event.getSession() == null ? null : SignalContext.findUnit(event.getSession());
        if (unit != null && unit.flushState().end() instanceof RelationSignal change) {
            change.tell(after.of(change.owner().getClass()), change);
        }
    }

    private static final class RelationSignal extends SignalContext implements RelationChange<Object> {
        private final Object owner;
        private final String attribute;
        private final List<Object> added;
        private final List<Object> removed;
        private final boolean known;

        RelationSignal(
                String database,
                AbstractCollectionEvent event,
                Object owner,
                List<Object> added,
                List<Object> removed,
                boolean known) {
            super(database, (SharedSessionContractImplementor) event.getSession());
            String role = event.getCollectionPersister().getRole();
            this.attribute = role.substring(role.lastIndexOf('.') + 1);
            this.owner = owner;
            this.added = added;
            this.removed = removed;
            this.known = known;
        }

        @Override
        public Object owner() {
            return owner;
        }

        @Override
        public String attribute() {
            return attribute;
        }

        @Override
        public List<Object> added() {
            return added;
        }

        @Override
        public List<Object> removed() {
            return removed;
        }

        @Override
        public boolean isKnown() {
            return known;
        }
    }
}
