package dev.regista.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * HikariCP, started by whoever needs the first connection: a pool that nobody uses has no threads. One that is to keep
 * connections ready is started at once.
 */
final class LazyHikari extends SimpleDataSource implements AutoCloseable {
    private final HikariConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable HikariDataSource started;
    private boolean closed;

    LazyHikari(HikariConfig config) {
        this.config = config;
        this.started = config.getMinimumIdle() > 0 ? new HikariDataSource(config) : null;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return present().getConnection();
    }

    private HikariDataSource present() throws SQLException {
        HikariDataSource present = started;
        return present == null ? start() : present;
    }

    /** Not by Hikari's own lazy start, which a pool that is being closed meanwhile would survive. */
    private HikariDataSource start() throws SQLException {
        lock.lock();
        try {
            if (closed) {
                throw new SQLException("the pool '" + config.getPoolName() + "' has been closed");
            }
            HikariDataSource present = started;
            if (present == null) {
                present = new HikariDataSource(config);
                started = present;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    /** Closes a connection of the pool in place of giving it back. */
    void evict(Connection connection) {
        HikariDataSource present = started;
        if (present != null) {
            present.evictConnection(connection);
        }
    }

    /** Returns what Hikari knows of its connections; null if there are none, before the first one and after the end. */
    @Nullable
    HikariPoolMXBean state() {
        HikariDataSource present = started;
        return present == null || present.isClosed() ? null : present.getHikariPoolMXBean();
    }

    long validationMillis() {
        return config.getValidationTimeout();
    }

    /** For Hikari's own object, which is made now if need be. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return isHikari(type) ? type.cast(present()) : super.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return isHikari(type) || super.isWrapperFor(type);
    }

    private static boolean isHikari(Class<?> type) {
        return type == HikariDataSource.class;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            HikariDataSource present = started;
            if (present != null) {
                present.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
