package dev.regista.sql;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values beside objects, for as long as somebody has the object. Two objects are the same key only if they are the same
 * object, whatever they take for equal themselves. A value must not lead to its object. Safe for use by several threads.
 */
final class WeakIdentityMap<V> {
    private final Map<Reference<Object>, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> unused = new ReferenceQueue<>();

    void put(Object object, V value) {
        forgetUnused();
        values.put(new Identity(object, unused), value);
    }

    @Nullable
    V get(Object object) {
        return values.isEmpty() ? null : values.get(new Identity(object, null));
    }

    @Nullable
    V remove(Object object) {
        return values.isEmpty() ? null : values.remove(new Identity(object, null));
    }

    private void forgetUnused() {
        for (Reference<?> gone = unused.poll(); gone != null; gone = unused.poll()) {
            values.remove(gone);
        }
    }

    private static final class Identity extends WeakReference<Object> {
        private final int hash;

        private Identity(Object object, @Nullable ReferenceQueue<Object> queue) {
            super(object, queue);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object mine = get();
            return mine != null && other instanceof Identity identity && identity.refersTo(mine);
        }
    }
}
