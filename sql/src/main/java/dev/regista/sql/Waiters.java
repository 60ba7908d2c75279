package dev.regista.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for a connection of a pool. Hikari lets them wait for the whole wait limit although it has been
 * closed meanwhile, and no connection can come any more.
 */
final class Waiters extends SimpleDataSource {
    private final DataSource pool;
    private final String database;
    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Waiters(DataSource pool, String database) {
        this.pool = pool;
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Waiter waiter = new Waiter(Thread.currentThread());
        waiting.add(waiter);
        try {
            if (closed) {
                throw closed(null);
            }
            return pool.getConnection();
        } catch (SQLException e) {
            throw waiter.isSentAway() ? closed(e) : e;
        } finally {
            waiting.remove(waiter);
            waiter.leave();
        }
    }

    /** Makes those that wait fail now, and those that come later at once. */
    void sendAway() {
        closed = true;
        waiting.forEach(Waiter::sendAway);
    }

    boolean areSentAway() {
        return closed;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.isWrapperFor(type) ? pool.unwrap(type) : super.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type) || super.isWrapperFor(type);
    }

    private SQLException closed(@Nullable SQLException cause) {
        return new SQLException("the connection pool of '" + database + "' has been closed", cause);
    }

    /** Only an interrupt ends the wait; it must neither come too late nor stay. */
    private static final class Waiter {
        private final Thread thread;
        private boolean left;
        private boolean sentAway;

        private Waiter(Thread thread) {
            this.thread = thread;
        }

        private synchronized void sendAway() {
            // Who is interrupted already does not wait.
            if (!left && !thread.isInterrupted()) {
                sentAway = true;
                thread.interrupt();
            }
        }

        private synchronized boolean isSentAway() {
            return sentAway;
        }

        private synchronized void leave() {
            left = true;
            if (sentAway) {
                Thread.interrupted();
            }
        }
    }
}
