package dev.regista.spi;

import dev.regista.model.Model;
import dev.regista.model.Models;
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

    /** Guarded by the lock. Weak, because nothing says when a registry is no longer used. */
    private final Map<Models, Set<Class<?>>> registries = new WeakHashMap<>();

    private volatile Set<Class<?>> classes;

    HostedModels(Set<Class<?>> declared) {
        this.classes = declared;
    }

    Set<Class<?>> classes() {
        return classes;
    }

    void share(Models registry, Collection<Class<?>> own) {
        lock.lock();
        try {
            registries.put(registry, new LinkedHashSet<>(own));
        } finally {
            lock.unlock();
        }
    }

    void unshare(Models registry) {
        lock.lock();
        try {
            registries.remove(registry);
        } finally {
            lock.unlock();
        }
    }

    List<Models> registries() {
        lock.lock();
        try {
            return List.copyOf(registries.keySet());
        } finally {
            lock.unlock();
        }
    }

    Runnable change(
            Models registry,
            Collection<Class<?>> arriving,
            Collection<Class<?>> leaving,
            Collection<? extends Model> prepared,
            BiFunction<Set<Class<?>>, Collection<? extends Model>, Runnable> kind) {
        lock.lock();
        try {
            Set<Class<?>> before = classes;
            Set<Class<?>> own = registries.computeIfAbsent(registry, key -> new LinkedHashSet<>());
            Set<Class<?>> ownBefore = Set.copyOf(own);
            Set<Class<?>> after = new LinkedHashSet<>(before);
            leaving.stream().filter(type -> !isElsewhere(type, registry)).forEach(after::remove);
            after.addAll(arriving);
            Runnable undo = kind.apply(Collections.unmodifiableSet(after), prepared);
            classes = Collections.unmodifiableSet(after);
            own.removeAll(leaving);
            own.addAll(arriving);
            return () -> restore(registry, before, ownBefore, undo);
        } finally {
            lock.unlock();
        }
    }

    private boolean isElsewhere(Class<?> type, Models registry) {
        return registries.entrySet().stream()
                .anyMatch(
                        other -> other.getKey() != registry && other.getValue().contains(type));
    }

    private void restore(Models registry, Set<Class<?>> before, Set<Class<?>> ownBefore, Runnable undo) {
        lock.lock();
        try {
            undo.run();
            classes = before;
            registries.put(registry, new LinkedHashSet<>(ownBefore));
        } finally {
            lock.unlock();
        }
    }
}
