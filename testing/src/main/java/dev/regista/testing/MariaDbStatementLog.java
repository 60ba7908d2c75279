package dev.regista.testing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the general log. Its rows name a connection, not a database, so this follows each connection from database to
 * database. A row is written before its statement runs: nothing has to be waited for.
 */
final class MariaDbStatementLog implements StatementLog {

    private static final Pattern CONNECT = Pattern.compile("\\S+@\\S* on (\\S*) using .*");
    private static final Pattern USE = Pattern.compile("(?i)use\\s+`?([^`;\\s]+)`?\\s*;?");

    private final AdminConnection admin;
    private final MariaDbLogSwitch logSwitch;
    private final String database;

    /** All guarded by this. */
    private final Map<Long, String> databaseOf = new HashMap<>();

    private final List<String> statements = new ArrayList<>();
    private long read;
    private boolean closed;

    private MariaDbStatementLog(AdminConnection admin, MariaDbLogSwitch logSwitch, String database) {
        this.admin = admin;
        this.logSwitch = logSwitch;
        this.database = database;
    }

    static StatementLog open(AdminConnection admin, MariaDbLogSwitch logSwitch, String database) throws SQLException {
        logSwitch.on(admin);
        MariaDbStatementLog log = new MariaDbStatementLog(admin, logSwitch, database);
        try {
            log.read = Long.parseLong(admin.queryString("SELECT count(*) FROM mysql.general_log"));
            admin.query(
                    "SELECT id, coalesce(db, '') FROM information_schema.processlist",
                    row -> log.databaseOf.put(row.getLong(1), row.getString(2)));
            return log;
        } catch (SQLException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    @Override
    public synchronized List<String> statements() {
        if (closed) {
            throw new IllegalStateException("The recording of " + database + " is closed");
        }
        try {
            admin.query(
                    "SELECT thread_id, command_type, CONVERT(argument USING utf8mb4) FROM mysql.general_log LIMIT "
                            + Long.MAX_VALUE + " OFFSET " + read,
                    this::readRow);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the statement log: " + e.getMessage(), e);
        }
        return List.copyOf(statements);
    }

    private boolean readRow(ResultSet row) throws SQLException {
        long connection = row.getLong(1);
        String argument = row.getString(3);
        read++;
        switch (row.getString(2)) {
            case "Connect" -> follow(connection, CONNECT.matcher(argument));
            case "Init DB" -> databaseOf.put(connection, argument);
            case "Query", "Execute" -> {
                if (database.equals(databaseOf.get(connection))) {
                    statements.add(argument);
                }
                follow(connection, USE.matcher(argument));
            }
            default -> {} // prepare, ping, quit: no statement was executed
        }
        return true;
    }

    private void follow(long connection, Matcher matcher) {
        if (matcher.matches()) {
            databaseOf.put(connection, matcher.group(1));
        }
    }

    @Override
    public synchronized void clear() {
        statements();
        statements.clear();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            logSwitch.off(admin);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot stop the statement log: " + e.getMessage(), e);
        }
    }
}
