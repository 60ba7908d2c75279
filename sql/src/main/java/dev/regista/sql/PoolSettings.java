package dev.regista.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many connections a database keeps, and for how long. Immutable: the methods return a copy with one value changed.
 * Values that cannot work are reported when the database is built.
 *
 * @param size connections the pool may open; default 10
 * @param overflow connections it may open beyond that under load; default 0. The pool has one ceiling, {@code size +
 *     overflow}; with an overflow, it keeps {@code size} open and lets those beyond go when they are idle
 * @param minIdle connections kept open even if nobody uses them; default 0: none is opened before it is needed. With an
 *     overflow, at least {@code size}
 * @param waitLimit how long a unit of work waits for a connection before it fails with a
 *     {@link dev.regista.PoolExhaustedException}; default 10 seconds, at least 250 milliseconds
 * @param maxLifetime after how long a connection is replaced, once nobody holds it; default 30 minutes, at least 30
 *     seconds, zero for never. What other pools call recycling
 * @param idleTimeout after how long a connection that nobody uses is closed; default 10 minutes, at least 10 seconds, zero
 *     for never
 * @param prePing whether each connection is tested when it is handed out, one round trip each time; default false: only
 *     those that nobody has used for half a second are
 */
public record PoolSettings(
        int size,
        int overflow,
        int minIdle,
        Duration waitLimit,
        Duration maxLifetime,
        Duration idleTimeout,
        boolean prePing) {
    /** The defaults. */
    public static final PoolSettings DEFAULT =
            new PoolSettings(10, 0, 0, Duration.ofSeconds(10), Duration.ofMinutes(30), Duration.ofMinutes(10), false);

    /** Returns the defaults with another size. */
    public static PoolSettings ofSize(int size) {
        return new PoolSettings(
                size,
                DEFAULT.overflow,
                DEFAULT.minIdle,
                DEFAULT.waitLimit,
                DEFAULT.maxLifetime,
                DEFAULT.idleTimeout,
                DEFAULT.prePing);
    }

    /** Returns these settings with another overflow. */
    public PoolSettings withOverflow(int connections) {
        return new PoolSettings(size, connections, minIdle, waitLimit, maxLifetime, idleTimeout, prePing);
    }

    /** Returns these settings with another minimum of idle connections. */
    public PoolSettings withMinIdle(int connections) {
        return new PoolSettings(size, overflow, connections, waitLimit, maxLifetime, idleTimeout, prePing);
    }

    /** Returns these settings with another limit to waiting. */
    public PoolSettings withWaitLimit(Duration limit) {
        return new PoolSettings(size, overflow, minIdle, limit, maxLifetime, idleTimeout, prePing);
    }

    /** Returns these settings with another lifetime. */
    public PoolSettings withMaxLifetime(Duration limit) {
        return new PoolSettings(size, overflow, minIdle, waitLimit, limit, idleTimeout, prePing);
    }

    /** Returns these settings with another idle timeout. */
    public PoolSettings withIdleTimeout(Duration limit) {
        return new PoolSettings(size, overflow, minIdle, waitLimit, maxLifetime, limit, prePing);
    }

    /** Returns these settings with testing at each hand-out on or off. */
    public PoolSettings withPrePing(boolean test) {
        return new PoolSettings(size, overflow, minIdle, waitLimit, maxLifetime, idleTimeout, test);
    }

    /** Returns the most connections the pool opens. */
    public int limit() {
        return size + overflow;
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (size < 1) {
            problems.add("the pool size must be at least 1, not " + size);
        }
        if (overflow < 0) {
            problems.add("the pool overflow must not be negative, not " + overflow);
        }
        if (minIdle < 0 || minIdle > limit()) {
            problems.add("the minimum of idle connections must be 0 to " + limit() + ", not " + minIdle);
        }
        atLeast(Duration.ofMillis(250), "wait limit", waitLimit, problems);
        if (!maxLifetime.isZero()) {
            atLeast(Duration.ofSeconds(30), "maximum lifetime, unless zero,", maxLifetime, problems);
        }
        if (!idleTimeout.isZero()) {
            atLeast(Duration.ofSeconds(10), "idle timeout, unless zero,", idleTimeout, problems);
        }
        return problems;
    }

    private static void atLeast(Duration least, String what, Duration value, List<String> problems) {
        if (value.compareTo(least) < 0) {
            problems.add("the pool's " + what + " must be at least " + least + ", not " + value);
        }
    }
}
