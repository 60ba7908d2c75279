package dev.regista.migrations.run;

import dev.regista.WaitInterruptedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The right to migrate a schema, for as long as a connection lives. If the process dies, the server gives it to the next.
 * Where a whole script is one transaction, the transaction has a lock of its own.
 */
final class Lock implements AutoCloseable {
    private static final long FIRST_PAUSE = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(200).toNanos();
    private static final int H2_LOCK_TIMEOUT = 50200;
    private static final int H2_DUPLICATE = 23505;
    private static final int H2_CONCURRENT = 90131;

    private final Release release;

    private Lock(Release release) {
        this.release = release;
    }

    private interface Release {
        void run() throws SQLException;
    }

    /** Something that is tried until it succeeds. */
    interface Attempt {
        boolean succeeds() throws SQLException;
    }

    /**
     * Tries again and again. Never waits inside the database, where a waiting transaction would stop what the other runner
     * does (CREATE INDEX CONCURRENTLY).
     *
     * @throws LockedException after the time limit
     * @throws WaitInterruptedException when the thread is interrupted, which it stays
     */
    static void await(Place place, Duration limit, Attempt attempt) throws SQLException {
        long begin = System.nanoTime();
        long pause = FIRST_PAUSE;
        while (!attempt.succeeds()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new WaitInterruptedException(
                        place.database(), new InterruptedException("while another process migrates"));
            }
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new LockedException(place, Duration.ofNanos(System.nanoTime() - begin));
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
    }

    static Lock of(Engine engine, Place place, String schema, Connection connection, DataSource source, Duration limit)
            throws SQLException {
        return switch (engine) {
            case POSTGRESQL -> {
                long key = Engine.lockKey(schema);
                await(place, limit, () -> ask(connection, "SELECT pg_try_advisory_lock(" + key + ")"));
                yield new Lock(() -> ask(connection, "SELECT pg_advisory_unlock(" + key + ")"));
            }
            case MARIADB -> {
                String name = Engine.lockName(schema);
                await(place, limit, () -> ask(connection, "SELECT GET_LOCK('" + name + "', 0)"));
                yield new Lock(() -> ask(connection, "SELECT RELEASE_LOCK('" + name + "')"));
            }
            case H2 -> ofRow(engine, place, schema, connection, source, limit);
            // Nobody else can write while a script that is no transaction does; its history says that it is at work.
            case SQLITE -> new Lock(() -> {});
        };
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    /** H2 has no locks but those of rows, and DDL commits: a second connection keeps a row locked meanwhile. */
    private static Lock ofRow(
            Engine engine, Place place, String schema, Connection connection, DataSource source, Duration limit)
            throws SQLException {
        if (connection.getMetaData().getURL().matches("(?i)jdbc:h2:mem:(;.*)?")) {
            // It has this connection only.
            return new Lock(() -> {});
        }
        String table = engine.table(schema, Engine.PROGRESS);
        History.execute(connection, List.of(engine.createProgress(schema)));
        try {
            History.execute(connection, List.of("INSERT INTO " + table + " VALUES (0, 0, 0, NULL)"));
        } catch (SQLException e) {
            if (e.getErrorCode() != H2_DUPLICATE && !isBusy(e)) {
                throw e;
            }
        }
        @Nullable Connection holder = source.getConnection();
        try {
            Connection keeper = holder;
            keeper.setAutoCommit(false);
            String question =
                    "SELECT TRUE FROM " + table + " WHERE " + engine.quoted("installed_rank") + " = 0 FOR UPDATE";
            await(place, limit, () -> {
                try {
                    return ask(keeper, question);
                } catch (SQLException e) {
                    if (isBusy(e)) {
                        keeper.rollback();
                        return false;
                    }
                    throw e;
                }
            });
            holder = null;
            return new Lock(() -> {
                keeper.rollback();
                keeper.close();
            });
        } finally {
            if (holder != null) {
                holder.close();
            }
        }
    }

    private static boolean isBusy(SQLException failure) {
        return failure.getErrorCode() == H2_LOCK_TIMEOUT || failure.getErrorCode() == H2_CONCURRENT;
    }

    @Override
    public void close() throws SQLException {
        release.run();
    }
}
