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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * How many connections several pools may have together. Counted where physical connections are opened and closed, so that
 * whatever a pool does in the background, the server never sees more.
 */
final class Budget {
    private final int limit;
    private final Duration waitLimit;
    private final Runnable makeRoom;
    private final Supplier<Collection<Lease>> leases;
    private final Semaphore room;
    private final Map<String, Integer> open = new TreeMap<>();
    private int used;
    private int most;
    private final AtomicInteger awaited = new AtomicInteger();

    /**
     * Sets a limit.
     *
     * @param waitLimit how long one that finds the budget used up waits
     * @param makeRoom asks for connections that nobody uses to be closed, now and again while somebody waits; called when
     *     somebody begins to wait
     * @param leases who holds connections of the pools
     */
    Budget(int limit, Duration waitLimit, Runnable makeRoom, Supplier<Collection<Lease>> leases) {
        this.limit = limit;
        this.room = new Semaphore(limit, true);
        this.waitLimit = waitLimit;
        this.makeRoom = makeRoom;
        this.leases = leases;
    }

    /**
     * Returns a data source whose connections count, in the name of a pool.
     *
     * @param isWanted whether somebody waits for a connection of that pool; if it has waited for room, and nobody does any more,
     *     the room is left to the next
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
        // In turn also for whoever comes when there is room: where pools are many, one could wait for ever.
        try {
            if (!room.tryAcquire(0, TimeUnit.NANOSECONDS)) {
                await(isWanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for room in the budget", e);
        }
        count(pool, 1);
    }

    private void await(BooleanSupplier isWanted) throws SQLException, InterruptedException {
        // Those that give a connection back from here on see that somebody waits, and close it.
        awaited.incrementAndGet();
        try {
            makeRoom.run();
            if (!room.tryAcquire(waitLimit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException(describe());
            }
        } finally {
            awaited.decrementAndGet();
        }
        if (!isWanted.getAsBoolean()) {
            room.release();
            throw new SQLTransientConnectionException("nobody waits for a connection any more");
        }
    }

    private void giveBack(String pool) {
        count(pool, -1);
        room.release();
    }

    private synchronized void count(String pool, int more) {
        used += more;
        most = Math.max(most, used);
        open.merge(pool, more, (before, now) -> before + now == 0 ? null : before + now);
    }

    /** Whether a connection that is given back to its pool should be closed, because another pool waits for room. */
    boolean isAwaited() {
        return awaited.get() > 0;
    }

    int limit() {
        return limit;
    }

    /** Returns how many stand in line. */
    int waiting() {
        return room.getQueueLength();
    }

    boolean isUsedUp() {
        return room.availablePermits() == 0;
    }

    /** Returns the most connections that there have been at once. */
    synchronized int most() {
        return most;
    }

    List<Holder> holders() {
        return Lease.holders(leases.get());
    }

    /** Returns who has how many, for people. */
    synchronized String describe() {
        StringBuilder text = new StringBuilder("the budget of " + limit + " connections is used up:");
        open.forEach(
                (pool, count) -> text.append("\n  ").append(pool).append(": ").append(count));
        return text.toString();
    }
}
