package dev.regista.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Turns the logging of all statements on while somebody records, and off with the last one. */
final class PostgresLogSwitch {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerAddress address;

    /** Guarded by this. */
    private int recordings;

    PostgresLogSwitch(ServerAddress address) {
        this.address = address;
    }

    synchronized void on(AdminConnection admin) throws SQLException {
        if (recordings == 0) {
            admin.execute("ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()");
            if (!Await.until(PATIENCE, this::reachedEverySession)) {
                throw new SQLException("log_statement = 'all' had no effect within " + PATIENCE);
            }
        }
        recordings++;
    }

    synchronized void off(AdminConnection admin) throws SQLException {
        if (--recordings == 0) {
            admin.execute("ALTER SYSTEM RESET log_statement", "SELECT pg_reload_conf()");
        }
    }

    /**
     * The postmaster reads the configuration, signals every running session, and only then accepts a connection again:
     * a new session that sees the value proves that all others see it at their next statement.
     */
    private boolean reachedEverySession() {
        try (Connection connection = address.connect(address.adminDatabase());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW log_statement")) {
            return rows.next() && "all".equals(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask " + address + " for log_statement: " + e.getMessage(), e);
        }
    }
}
