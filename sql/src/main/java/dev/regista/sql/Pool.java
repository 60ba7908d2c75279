package dev.regista.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.regista.Isolation;
import dev.regista.PoolExhaustedException;
import dev.regista.WaitInterruptedException;
import dev.regista.spi.Failures;
import dev.regista.spi.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.proxy.ProxyJdbcObject;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * The connection pool, as Hibernate and plain JDBC units see it: HikariCP, plus knowledge of who holds what, so that an
 * exhausted pool can tell, and a thread that waits for itself is told at once.
 */
final class Pool implements ConnectionProvider, ConnectionSource, AutoCloseable {
    private static final long serialVersionUID = 1L;

    /** The shortest that Hikari takes. */
    private static final long SHORT_WAIT_MILLIS = 250;

    private final transient LazyHikari hikari;
    private final transient Waiters waiters;
    private final transient DataSource source;
    private final transient Map<Connection, Lease> held = new ConcurrentHashMap<>();
    private final transient Set<Connection> discarded = ConcurrentHashMap.newKeySet();
    private final transient PoolSettings settings;
    private final transient int limit;
    private final transient @Nullable Budget budget;

    /** With a budget, the limit is kept here. */
    private final transient @Nullable Semaphore entrance;

    private final transient AtomicInteger awaiting = new AtomicInteger();

    private final String database;

    Pool(String database, SqlSettings settings, DataSource physical) {
        this(database, settings, physical, null);
    }

    /** With a budget, its connections are some of those of several pools. */
    Pool(String database, SqlSettings settings, DataSource physical, @Nullable Budget budget) {
        this.database = database;
        this.settings = settings.pool();
        this.budget = budget;
        HikariConfig config = config(
                database, settings, budget == null ? physical : budget.counted(database, physical, this::isAwaited));
        this.limit = config.getMaximumPoolSize();
        this.entrance = budget == null ? null : new Semaphore(limit, true);
        if (budget != null) {
            // What nobody uses, another pool may need.
            config.setMinimumIdle(0);
            // Hikari opens nothing for those that wait at its limit when connections are then closed in place of being
            // given back: it must never reach it.
            config.setMaximumPoolSize(budget.limit() + 1);
            config.setConnectionTimeout(SHORT_WAIT_MILLIS);
        }
        this.hikari = new LazyHikari(config);
        this.waiters = new Waiters(hikari, database);
        DataSource tested = this.settings.prePing() ? new TestedConnections(hikari, waiters, limit) : waiters;
        DataSource patient = budget == null ? tested : patient(tested);
        this.source = settings.logQueries() ? QueryLog.over(patient, database, settings.logBindValues()) : patient;
    }

    private static HikariConfig config(String database, SqlSettings settings, DataSource physical) {
        PoolSettings pool = settings.pool();
        boolean only = InMemory.of(settings.target().url()) == InMemory.PER_CONNECTION;
        HikariConfig config = new HikariConfig();
        config.setPoolName(database);
        config.setDataSource(physical);
        config.setMaximumPoolSize(only ? 1 : pool.limit());
        config.setMinimumIdle(only ? 1 : pool.overflow() == 0 ? pool.minIdle() : Math.max(pool.minIdle(), pool.size()));
        config.setMaxLifetime(only ? 0 : pool.maxLifetime().toMillis());
        config.setIdleTimeout(only ? 0 : pool.idleTimeout().toMillis());
        config.setConnectionTimeout(pool.waitLimit().toMillis());
        // The database has been reached already; a pool that tries again would only hide the failure for a second.
        config.setInitializationFailTimeout(-1);
        Isolation isolation = settings.isolation();
        if (isolation != null) {
            config.setTransactionIsolation("TRANSACTION_" + isolation.name());
        }
        return config;
    }

    /** Takes a connection, waiting at most for the wait limit. In auto-commit; given back by {@link #closeConnection}. */
    @Override
    public Connection getConnection() throws SQLException {
        refuseToWaitForOneself();
        enter();
        try {
            Connection connection = source.getConnection();
            held.put(connection, new Lease());
            return connection;
        } catch (SQLException e) {
            leave();
            throw explained(e);
        } catch (Throwable t) {
            leave();
            throw t;
        }
    }

    private void enter() {
        if (entrance == null) {
            return;
        }
        try {
            if (!entrance.tryAcquire(settings.waitLimit().toNanos(), TimeUnit.NANOSECONDS)) {
                throw exhausted(settings.waitLimit(), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WaitInterruptedException(database, e);
        }
    }

    private void leave() {
        if (entrance != null) {
            entrance.release();
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        Lease lease = held.remove(connection);
        try {
            if (discarded.remove(connection) || (lease != null && budget != null && budget.isAwaited())) {
                // In place of giving it back: a connection that has been evicted is not the pool's any more.
                hikari.evict(
                        connection instanceof ProxyJdbcObject logged ? (Connection) logged.getTarget() : connection);
            } else {
                connection.close();
            }
        } finally {
            if (lease != null) {
                leave();
            }
        }
    }

    /** Makes the pool close a connection that is held, once it is given back, in place of handing it to the next. */
    @Override
    public void discard(Connection connection) {
        if (held.containsKey(connection)) {
            discarded.add(connection);
        }
    }

    private void refuseToWaitForOneself() {
        if (held.size() >= limit) {
            Thread self = Thread.currentThread();
            if (held.values().stream().filter(lease -> lease.thread() == self).count() >= limit) {
                throw exhausted(Duration.ZERO, null);
            }
        }
    }

    private SQLException explained(SQLException failure) {
        if (failure.getCause() instanceof InterruptedException) {
            throw new WaitInterruptedException(database, failure);
        }
        if (waiters.areSentAway()) {
            return failure;
        }
        HikariPoolMXBean state = hikari.state();
        if (state != null && state.getActiveConnections() >= limit) {
            throw exhausted(settings.waitLimit(), failure);
        }
        if (budget != null && budget.isUsedUp()) {
            throw exhausted(budget, settings.waitLimit(), failure);
        }
        return failure;
    }

    private PoolExhaustedException exhausted(Duration waited, @Nullable SQLException cause) {
        return new PoolExhaustedException(database, limit, waited, Lease.holders(held.values()), cause);
    }

    /** Says that the budget is used up, and by whom. */
    PoolExhaustedException exhausted(Budget shared, Duration waited, @Nullable SQLException cause) {
        return new PoolExhaustedException(database, shared.describe(), waited, shared.holders(), cause);
    }

    Collection<Lease> leases() {
        return held.values();
    }

    /**
     * Asks again and again: when connections are closed because others wait for room, Hikari forgets that somebody waits for
     * them.
     */
    private DataSource patient(DataSource impatient) {
        return new SimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                long deadline = System.nanoTime() + settings.waitLimit().toNanos();
                awaiting.incrementAndGet();
                try {
                    while (true) {
                        try {
                            return impatient.getConnection();
                        } catch (SQLTransientConnectionException e) {
                            if (System.nanoTime() - deadline >= 0 || e.getCause() instanceof InterruptedException) {
                                throw e;
                            }
                        }
                    }
                } finally {
                    awaiting.decrementAndGet();
                }
            }
        };
    }

    private boolean isAwaited() {
        return awaiting.get() > 0;
    }

    boolean hasIdle() {
        HikariPoolMXBean state = hikari.state();
        return state != null && state.getIdleConnections() > 0;
    }

    /** Closes the connections that nobody uses; those in use as soon as they are given back. */
    void closeIdle() {
        HikariPoolMXBean state = hikari.state();
        if (state != null) {
            state.softEvictConnections();
        }
    }

    /** The pool for others: what they take is theirs to close, and not known here. */
    DataSource dataSource() {
        return source;
    }

    PoolStatus status() {
        HikariPoolMXBean state = hikari.state();
        return state == null
                ? new PoolStatus(0, 0, 0, limit)
                : new PoolStatus(
                        state.getActiveConnections(),
                        state.getIdleConnections(),
                        state.getThreadsAwaitingConnection(),
                        limit);
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(source);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(source);
    }

    @Override
    public void close() throws Exception {
        Failures failures = new Failures();
        failures.attempt(this::closeHikari);
        // Closing has aborted what units still held, which to SQLite's driver means nothing: its file would stay
        // locked.
        for (Connection cutOff : held.keySet()) {
            failures.attempt(() -> cutOff.unwrap(Connection.class).close());
        }
        held.clear();
        discarded.clear();
        failures.throwIfAny();
    }

    private void closeHikari() {
        // Hikari gives up halfway when it is interrupted, and leaves its threads behind.
        boolean interrupted = Thread.interrupted();
        try {
            waiters.sendAway();
            hikari.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
