package dev.regista;

import dev.regista.model.Model;
import dev.regista.model.ModelCallback;
import dev.regista.model.Times;
import dev.regista.spi.Failures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of one registry that wait for models. Used by one thread at a time. The order for a model: those for it
 * that are called once, latest first; those for any model that are called once, latest first; the others for it; the others
 * for any.
 */
final class Callbacks {
    private final List<Waiting> waiting = new ArrayList<>();

    /** A callback, and which models it is for. */
    static final class Waiting {
        private final @Nullable Predicate<Model> models;
        private final Times times;
        private final ModelCallback callback;

        /** With null for any model. */
        Waiting(@Nullable Predicate<Model> models, Times times, ModelCallback callback) {
            this.models = models;
            this.times = times;
            this.callback = callback;
        }

        boolean matches(Model model) {
            return models == null || models.test(model);
        }

        boolean isOnce() {
            return times == Times.ONCE;
        }

        private boolean isFor(Model model, boolean once, boolean any) {
            return isOnce() == once && (models == null) == any && matches(model);
        }
    }

    /** What happened to callbacks while they were called: nothing of it counts until all went well. */
    static final class Calls {
        private final Set<Waiting> used = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Failures failures = new Failures();
        private @Nullable String failed;

        void call(Waiting next, Model model) {
            try {
                next.callback.run(model);
            } catch (Throwable t) {
                failures.add(t);
                failed = failed == null ? model.name() : failed;
            }
            if (next.isOnce()) {
                used.add(next);
            }
        }

        void throwIfAnyFailed() {
            Throwable first = failures.first();
            if (first instanceof Error error) {
                throw error;
            }
            if (first != null) {
                throw new ModelRefusedException(String.valueOf(failed), first);
            }
        }
    }

    void add(Waiting callback) {
        waiting.add(callback);
    }

    boolean remove(Waiting callback) {
        return waiting.remove(callback);
    }

    /** Calls what waits for a model, also what comes to wait for it meanwhile. */
    void call(Model model, Calls calls) {
        Set<Waiting> done = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Waiting next = next(model, done, calls.used); next != null; next = next(model, done, calls.used)) {
            done.add(next);
            calls.call(next, model);
        }
    }

    private @Nullable Waiting next(Model model, Set<Waiting> done, Set<Waiting> used) {
        List<Waiting> latestFirst = new ArrayList<>(waiting);
        Collections.reverse(latestFirst);
        List<Waiting> ordered = new ArrayList<>();
        addMatching(latestFirst, model, true, ordered);
        addMatching(waiting, model, false, ordered);
        ordered.removeIf(callback -> done.contains(callback) || used.contains(callback));
        return ordered.isEmpty() ? null : ordered.get(0);
    }

    private static void addMatching(Collection<Waiting> all, Model model, boolean once, List<Waiting> ordered) {
        all.stream().filter(callback -> callback.isFor(model, once, false)).forEach(ordered::add);
        all.stream().filter(callback -> callback.isFor(model, once, true)).forEach(ordered::add);
    }

    /** Takes those out that were called and are called only once. */
    void settle(Calls calls) {
        waiting.removeIf(calls.used::contains);
    }

    Callbacks copy() {
        Callbacks copy = new Callbacks();
        copy.waiting.addAll(waiting);
        return copy;
    }
}
