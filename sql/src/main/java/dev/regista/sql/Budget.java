package dev.regista.sql;

import dev.regista.Holder;
import dev.regista.spi.Lease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * How many connections several pools may have together. Counted where physical connections are opened and closed, so that
 * whatever a pool does in the background, the server never sees more.
 */
final class Budget {
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int limit;
    private final Duration waitLimit;
    private final Runnable makeRoom;
    private final Supplier<Collection<Lease>> leases;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<String, Integer> open = new TreeMap<>();
    private int used;
    private int most;
    private final AtomicInteger awaited = new AtomicInteger();

    /**
     * Sets a limit.
     *
     * @param waitLimit how long one that finds the budget used up waits
     * @param makeRoom asks for connections that nobody uses to be closed; called again and again while somebody waits
     * @param leases who holds connections of the pools
     */
    Budget(int limit, Duration waitLimit, Runnable makeRoom, Supplier<Collection<Lease>> leases) {
        this.limit = limit;
        this.waitLimit = waitLimit;
        this.makeRoom = makeRoom;
        this.leases = leases;
    }

    /**
     * Returns a data source whose connections count, in the name of a pool.
     *
     * @param isWanted whether somebody waits for a connection of that pool; if not, there is no waiting for room
     */
    DataSource counted(String pool, DataSource physical, BooleanSupplier isWanted) {
        return new SimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                take(pool, isWanted);
                try {
                    return counted(pool, physical.getConnection());
                } catch (Throwable t) {
                    giveBack(pool);
                    throw t;
                }
            }
        };
    }

    private Connection counted(String pool, Connection connection) {
        AtomicBoolean isOpen = new AtomicBoolean(true);
        return (Connection) Proxy.newProxyInstance(
                Budget.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    boolean ends =
                            method.getName().equals("close") || method.getName().equals("abort");
                    try {
                        return method.getName().equals("equals") && args != null
                                ? (Object) (proxy == args[0])
                                : method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (ends && isOpen.compareAndSet(true, false)) {
                            giveBack(pool);
                        }
                    }
                });
    }

    private void take(String pool, BooleanSupplier isWanted) throws SQLException {
        if (takeAtOnce(pool)) {
            return;
        }
        // Those that give a connection back from here on see that somebody waits, and close it.
        awaited.incrementAndGet();
        try {
            long deadline = System.nanoTime() + waitLimit.toNanos();
            do {
                if (!isWanted.getAsBoolean()) {
                    throw new SQLTransientConnectionException("nobody waits for a connection any more");
                }
                makeRoom.run();
            } while (!takeWithin(deadline, pool));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for room in the budget", e);
        } finally {
            awaited.decrementAndGet();
        }
    }

    /** Waits a moment only: another pool may have connections that nobody uses by then. */
    private boolean takeWithin(long deadline, String pool) throws SQLException, InterruptedException {
        long nextLook = Math.min(deadline, System.nanoTime() + BETWEEN_LOOKS);
        lock.lock();
        try {
            while (!takeAtOnce(pool)) {
                long left = nextLook - System.nanoTime();
                if (left <= 0 && nextLook == deadline) {
                    throw new SQLTransientConnectionException(describe());
                }
                if (left <= 0) {
                    return false;
                }
                freed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean takeAtOnce(String pool) {
        lock.lock();
        try {
            if (used >= limit) {
                return false;
            }
            used++;
            most = Math.max(most, used);
            open.merge(pool, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(String pool) {
        lock.lock();
        try {
            used--;
            open.computeIfPresent(pool, (name, count) -> count == 1 ? null : count - 1);
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a connection that is given back to its pool should be closed, because another pool waits for room. */
    boolean isAwaited() {
        return awaited.get() > 0;
    }

    boolean isUsedUp() {
        lock.lock();
        try {
            return used >= limit;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the most connections that there have been at once. */
    int most() {
        lock.lock();
        try {
            return most;
        } finally {
            lock.unlock();
        }
    }

    List<Holder> holders() {
        return Lease.holders(leases.get());
    }

    /** Returns who has how many, for people. */
    String describe() {
        lock.lock();
        try {
            StringBuilder text = new StringBuilder("the budget of " + limit + " connections is used up:");
            open.forEach((pool, count) ->
                    text.append("\n  ").append(pool).append(": ").append(count));
            return text.toString();
        } finally {
            lock.unlock();
        }
    }
}
