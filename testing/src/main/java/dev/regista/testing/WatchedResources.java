package dev.regista.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** What tests asked to be watched. */
final class WatchedResources {

    private final List<Watched> all = new CopyOnWriteArrayList<>();

    private record Watched(String what, BooleanSupplier released) {}

    void add(String what, BooleanSupplier released) {
        all.add(new Watched(what, released));
    }

    void clear() {
        all.clear();
    }

    List<String> find() {
        return all.stream()
                .filter(watched -> !watched.released().getAsBoolean())
                .map(watched -> "not released: " + watched.what())
                .toList();
    }
}
