package dev.regista.testing;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Reads the server's csvlog through SQL, so that the server may run anywhere. */
final class PostgresStatementLog implements StatementLog {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AdminConnection admin;
    private final PostgresLogSwitch logSwitch;
    private final String database;
    private final String file;

    /** All guarded by this. */
    private final List<String> statements = new ArrayList<>();

    private long offset;
    private boolean closed;

    private PostgresStatementLog(AdminConnection admin, PostgresLogSwitch logSwitch, String database, String file) {
        this.admin = admin;
        this.logSwitch = logSwitch;
        this.database = database;
        this.file = file;
    }

    static StatementLog open(AdminConnection admin, PostgresLogSwitch logSwitch, String database) throws SQLException {
        String file = admin.queryString("SELECT coalesce(pg_current_logfile('csvlog'), '')");
        if (file.isEmpty()) {
            throw new UnsupportedOperationException("Recording statements needs a PostgreSQL server that writes a"
                    + " csvlog: set logging_collector = on and log_destination = 'csvlog'");
        }
        logSwitch.on(admin);
        PostgresStatementLog log = new PostgresStatementLog(admin, logSwitch, database, file);
        try {
            log.offset = Long.parseLong(admin.queryString("SELECT size FROM pg_stat_file('" + file + "')"));
            log.clear();
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
            statements.addAll(CsvLog.statements(readToNow(), database));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the statement log: " + e.getMessage(), e);
        }
        return List.copyOf(statements);
    }

    @Override
    public synchronized void clear() {
        statements();
        statements.clear();
    }

    /** The log goes through a pipe, in order: when a marker sent now has arrived, so has all that was before it. */
    private String readToNow() throws SQLException {
        String marker = "regista-marker-" + UUID.randomUUID();
        admin.execute("SELECT '" + marker + "'");
        AtomicReference<String> latest = new AtomicReference<>("");
        boolean arrived = Await.until(PATIENCE, () -> {
            String now = read();
            latest.set(now);
            return now.contains(marker);
        });
        if (!arrived) {
            throw new SQLException("the marker did not arrive in " + file + " within " + PATIENCE
                    + "; was the log file rotated, or is lc_messages not C?");
        }
        // The marker's own record may be half written; it belongs to another database, so stop before it.
        String text = String.valueOf(latest.get());
        String whole = text.substring(0, text.lastIndexOf('\n', text.indexOf(marker)) + 1);
        offset += whole.length();
        return new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** One character per byte, so that positions are offsets in the file. */
    private String read() {
        try {
            String sql = "SELECT pg_read_binary_file('" + file + "', " + offset + ", 1000000000)";
            return new String(admin.query(sql, row -> row.getBytes(1)).get(0), StandardCharsets.ISO_8859_1);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read " + file + ": " + e.getMessage(), e);
        }
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
