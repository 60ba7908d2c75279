package dev.regista.testing;

import java.sql.SQLException;
import java.util.List;

/** PostgreSQL 15 or newer. */
final class PostgresKind implements ServerKind {

    private final PostgresLogSwitch logSwitch;

    PostgresKind(ServerAddress address) {
        this.logSwitch = new PostgresLogSwitch(address);
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public void create(AdminConnection admin, String database) throws SQLException {
        // template0 has no connections that would make the copy fail.
        admin.execute("CREATE DATABASE " + database + " TEMPLATE template0");
    }

    @Override
    public void drop(AdminConnection admin, String database) throws SQLException {
        admin.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    @Override
    public List<String> databases(AdminConnection admin) throws SQLException {
        return admin.query("SELECT datname FROM pg_database ORDER BY 1", row -> row.getString(1));
    }

    @Override
    public List<ServerConnection> connections(AdminConnection admin) throws SQLException {
        return admin.query(
                "SELECT pid || '@' || backend_start, coalesce(datname, ''),"
                        + " format('database %s, user %s, application %s, state %s, last statement: %s',"
                        + " datname, usename, application_name, state, query)"
                        + " FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                        + " ORDER BY backend_start",
                row -> new ServerConnection(row.getString(1), row.getString(2), row.getString(3)));
    }

    @Override
    public StatementLog record(AdminConnection admin, String database) throws SQLException {
        return PostgresStatementLog.open(admin, logSwitch, database);
    }
}
