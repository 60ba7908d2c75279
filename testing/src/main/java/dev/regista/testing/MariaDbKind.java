package dev.regista.testing;

import java.sql.SQLException;
import java.util.List;

/** MariaDB 10.6 or newer. */
final class MariaDbKind implements ServerKind {

    private static final int NO_SUCH_THREAD = 1094;

    private final MariaDbLogSwitch logSwitch = new MariaDbLogSwitch();

    @Override
    public String name() {
        return "MariaDB";
    }

    @Override
    public void create(AdminConnection admin, String database) throws SQLException {
        admin.execute("CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
    }

    @Override
    public void drop(AdminConnection admin, String database) throws SQLException {
        for (ServerConnection connection : connections(admin)) {
            if (connection.database().equals(database)) {
                kill(admin, connection);
            }
        }
        admin.execute("DROP DATABASE IF EXISTS " + database);
    }

    private static void kill(AdminConnection admin, ServerConnection connection) throws SQLException {
        try {
            admin.execute("KILL CONNECTION " + connection.id());
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_THREAD) {
                throw e;
            }
        }
    }

    @Override
    public List<String> databases(AdminConnection admin) throws SQLException {
        return admin.query("SELECT schema_name FROM information_schema.schemata ORDER BY 1", row -> row.getString(1));
    }

    @Override
    public List<ServerConnection> connections(AdminConnection admin) throws SQLException {
        return admin.query(
                "SELECT id, coalesce(db, ''), concat('database ', coalesce(db, '(none)'), ', user ', user, ', command ',"
                        + " command, ', state ', coalesce(state, ''), ' for ', time, ' s, running statement: ',"
                        + " coalesce(info, '(none)'))"
                        + " FROM information_schema.processlist"
                        + " WHERE id <> connection_id() AND command NOT IN ('Daemon', 'Killed')"
                        + " AND user NOT IN ('system user', 'event_scheduler') ORDER BY id",
                row -> new ServerConnection(row.getString(1), row.getString(2), row.getString(3)));
    }

    @Override
    public StatementLog record(AdminConnection admin, String database) throws SQLException {
        return MariaDbStatementLog.open(admin, logSwitch, database);
    }
}
