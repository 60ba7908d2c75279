package dev.regista.migrations.fleet;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts failures up to a limit. */
final class Failed {
    private final int limit;
    private final AtomicInteger count = new AtomicInteger();

    Failed(int limit) {
        this.limit = limit;
    }

    void add() {
        count.incrementAndGet();
    }

    boolean isTooMany() {
        return count.get() >= limit;
    }
}
