package dev.regista.neo4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many connections a database keeps to each server, and for how long. Immutable: the methods return a copy with one
 * value changed. Values that cannot work are reported when the database is built.
 *
 * @param size connections the pool may open to each server; default 100
 * @param waitLimit how long a unit of work waits for a connection, and how long making one may take; default 10 seconds, at
 *     least 250 milliseconds, or zero for no limit. When no connection is free in time, the unit fails with a
 *     {@link dev.regista.PoolExhaustedException}
 * @param maxLifetime after how long a connection is replaced, once nobody holds it; default 1 hour, at least 30 seconds,
 *     zero for never
 * @param testAfterIdle for how long a connection may have been idle and still be handed out untested; a test is one round
 *     trip. Default 30 seconds; zero tests each time
 */
public record PoolSettings(int size, Duration waitLimit, Duration maxLifetime, Duration testAfterIdle) {
    /** The defaults. */
    public static final PoolSettings DEFAULT =
            new PoolSettings(100, Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofSeconds(30));

    private static final Duration LONGEST = Duration.ofDays(365);

    /** Returns the defaults with another size. */
    public static PoolSettings ofSize(int size) {
        return new PoolSettings(size, DEFAULT.waitLimit, DEFAULT.maxLifetime, DEFAULT.testAfterIdle);
    }

    /** Returns these settings with another limit to waiting. */
    public PoolSettings withWaitLimit(Duration limit) {
        return new PoolSettings(size, limit, maxLifetime, testAfterIdle);
    }

    /** Returns these settings with another lifetime. */
    public PoolSettings withMaxLifetime(Duration limit) {
        return new PoolSettings(size, waitLimit, limit, testAfterIdle);
    }

    /** Returns these settings with another time after which an idle connection is tested. */
    public PoolSettings withTestAfterIdle(Duration idle) {
        return new PoolSettings(size, waitLimit, maxLifetime, idle);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (size < 1) {
            problems.add("the pool size must be at least 1, not " + size);
        }
        between(Duration.ofMillis(250), "wait limit, unless zero,", waitLimit, problems);
        between(Duration.ofSeconds(30), "maximum lifetime, unless zero,", maxLifetime, problems);
        between(Duration.ZERO, "time after which an idle connection is tested", testAfterIdle, problems);
        return problems;
    }

    /** The driver counts in milliseconds, and some of its limits are ints. */
    private static void between(Duration least, String what, Duration value, List<String> problems) {
        if (!value.isZero() && (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0)) {
            problems.add("the pool's " + what + " must be " + least + " to " + LONGEST + ", not " + value);
        }
    }
}
