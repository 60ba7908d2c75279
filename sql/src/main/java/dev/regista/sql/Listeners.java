package dev.regista.sql;

import dev.regista.model.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The listeners to one kind of signal. What is registered is swapped as a whole, so that a look-up takes no lock.
 *
 * @param <E> what listeners are told
 */
final class Listeners<E> {
    /** Equal to itself only: one listener may be registered twice. */
    private static final class Entry<E> {
        private final Class<?> model;
        private final Consumer<E> listener;

        Entry(Class<?> model, Consumer<E> listener) {
            this.model = model;
            this.listener = listener;
        }
    }

    private record State<E>(List<Entry<E>> all, Map<Class<?>, List<Consumer<E>>> byModel) {
        State(List<Entry<E>> all) {
            this(List.copyOf(all), new ConcurrentHashMap<>());
        }
    }

    private final Runnable onFirst;
    private volatile State<E> state = new State<>(List.of());

    /**
     * Begins without listeners.
     *
     * @param onFirst called before there is a first one
     */
    Listeners(Runnable onFirst) {
        this.onFirst = onFirst;
    }

    @SuppressWarnings("unchecked") // a listener for a model is told only of that model's signals
    Registration add(Class<?> model, Consumer<?> listener) {
        Entry<E> entry = new Entry<>(
                Objects.requireNonNull(model, "model"), (Consumer<E>) Objects.requireNonNull(listener, "listener"));
        onFirst.run();
        synchronized (this) {
            List<Entry<E>> all = new ArrayList<>(state.all());
            all.add(entry);
            state = new State<>(all);
        }
        return () -> remove(entry);
    }

    private synchronized boolean remove(Entry<E> entry) {
        List<Entry<E>> all = new ArrayList<>(state.all());
        boolean was = all.remove(entry);
        state = new State<>(all);
        return was;
    }

    boolean isEmpty() {
        return state.all().isEmpty();
    }

    /** Returns those for a model, in the order registered. */
    List<Consumer<E>> of(Class<?> model) {
        State<E> now = state;
        return now.all().isEmpty()
                ? List.of()
                : now.byModel()
                        .computeIfAbsent(
                                model,
                                type -> now.all().stream()
                                        .filter(entry -> entry.model.isAssignableFrom(type))
                                        .map(entry -> entry.listener)
                                        .toList());
    }
}
