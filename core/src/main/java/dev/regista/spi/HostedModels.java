package dev.regista.spi;

import dev.regista.Registry;
import dev.regista.model.Model;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/** The classes that are mapped in one database, and which registry has which of them. */
final class HostedModels {
    /** Held while the classes are mapped anew. */
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Changed under the lock, read without: units of work need not wait until the classes are mapped. Weak, because nothing
     * says when a registry is no longer used.
     */
    private final Map<Registry, Set<Class<?>>> registries = Collections.synchronizedMap(new WeakHashMap<>());

    private volatile Set<Class<?>> classes;

    HostedModels(Set<Class<?>> declared) {
        this.classes = declared;
    }

    Set<Class<?>> classes() {
        return classes;
    }

    void join(Registry registry, Collection<Class<?>> own) {
        lock.lock();
        try {
            registries.put(registry, Set.copyOf(own));
        } finally {
            lock.unlock();
        }
    }

    void leave(Registry registry) {
        lock.lock();
        try {
            registries.remove(registry);
        } finally {
            lock.unlock();
        }
    }

    List<Registry> registries() {
        return List.copyOf(registries.keySet());
    }

    Runnable change(
            Registry registry,
            Collection<Class<?>> arriving,
            Collection<Class<?>> leaving,
            Collection<? extends Model> prepared,
            BiFunction<Set<Class<?>>, Collection<? extends Model>, Runnable> kind) {
        lock.lock();
        try {
            Set<Class<?>> before = classes;
            Set<Class<?>> ownBefore = ownOf(registry);
            Set<Class<?>> after = new LinkedHashSet<>(before);
            leaving.stream().filter(type -> !isElsewhere(type, registry)).forEach(after::remove);
            after.addAll(arriving);
            Runnable undo = kind.apply(Collections.unmodifiableSet(after), prepared);
            classes = Collections.unmodifiableSet(after);
            Set<Class<?>> own = new LinkedHashSet<>(ownBefore);
            own.removeAll(leaving);
            own.addAll(arriving);
            registries.put(registry, own);
            return () -> restore(registry, before, ownBefore, undo);
        } finally {
            lock.unlock();
        }
    }

    private Set<Class<?>> ownOf(Registry registry) {
        return registries.getOrDefault(registry, Set.of());
    }

    private boolean isElsewhere(Class<?> type, Registry registry) {
        return registries().stream()
                .anyMatch(other -> other != registry && ownOf(other).contains(type));
    }

    private void restore(Registry registry, Set<Class<?>> before, Set<Class<?>> ownBefore, Runnable undo) {
        lock.lock();
        try {
            undo.run();
            classes = before;
            registries.put(registry, ownBefore);
        } finally {
            lock.unlock();
        }
    }
}
