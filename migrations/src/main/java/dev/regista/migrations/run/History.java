package dev.regista.migrations.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and writes the tables with the histories. */
final class History {
    /** More in one query, and the server plans longer than it saves. */
    static final int SCHEMAS_PER_QUERY = 100;

    private static final int LONGEST_WORDS = 1000;

    private static final List<String> COLUMNS = List.of(
            "installed_rank",
            "version",
            "description",
            "type",
            "script",
            "checksum",
            "installed_by",
            "installed_on",
            "execution_time",
            "success");

    private final Engine engine;

    History(Engine engine) {
        this.engine = engine;
    }

    /**
     * How far a script has come that is not one transaction.
     *
     * @param statement the one that was sent last
     * @param statements how many it has
     * @param refused what the database said to it
     */
    record Progress(int statement, int statements, @Nullable String refused) {}

    /**
     * What a schema's tables hold.
     *
     * @param exists whether there is a table
     * @param entries in their order
     * @param progress by rank
     */
    record Content(boolean exists, List<HistoryEntry> entries, Map<Integer, Progress> progress) {
        static final Content NONE = new Content(false, List.of(), Map.of());
    }

    /** Returns what some schemas hold, with one query for the tables there are and one for each hundred of them. */
    Map<String, Content> read(Connection connection, Collection<String> schemas) throws SQLException {
        Set<String> withHistory = new HashSet<>();
        Set<String> withProgress = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(engine.tablesQuery(
                        schemas.size() == 1 ? schemas.iterator().next() : null))) {
            while (rows.next()) {
                (rows.getString(2).equals(Engine.HISTORY) ? withHistory : withProgress).add(rows.getString(1));
            }
        }
        Map<String, List<HistoryEntry>> entries = new HashMap<>();
        Map<String, Map<Integer, Progress>> progress = new HashMap<>();
        inChunks(schemas, withHistory, chunk -> readEntries(connection, chunk, entries));
        inChunks(schemas, withProgress, chunk -> readProgress(connection, chunk, progress));
        Map<String, Content> contents = new LinkedHashMap<>();
        for (String schema : schemas) {
            contents.put(
                    schema,
                    new Content(
                            withHistory.contains(schema),
                            entries.getOrDefault(schema, List.of()),
                            progress.getOrDefault(schema, Map.of())));
        }
        return contents;
    }

    private interface Reading {
        void read(List<String> chunk) throws SQLException;
    }

    private static void inChunks(Collection<String> schemas, Set<String> having, Reading reading) throws SQLException {
        List<String> there = schemas.stream().filter(having::contains).toList();
        for (int from = 0; from < there.size(); from += SCHEMAS_PER_QUERY) {
            reading.read(there.subList(from, Math.min(from + SCHEMAS_PER_QUERY, there.size())));
        }
    }

    private void readEntries(Connection connection, List<String> schemas, Map<String, List<HistoryEntry>> entries)
            throws SQLException {
        String columns = COLUMNS.stream().map(engine::quoted).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(union(schemas, columns, Engine.HISTORY))) {
            while (rows.next()) {
                entries.computeIfAbsent(rows.getString(1), schema -> new ArrayList<>())
                        .add(entry(rows));
            }
        }
        entries.values().forEach(list -> list.sort(java.util.Comparator.comparingInt(HistoryEntry::rank)));
    }

    private static HistoryEntry entry(ResultSet row) throws SQLException {
        String version = row.getString(3);
        int number = row.getInt(7);
        Integer checksum = row.wasNull() ? null : number;
        return new HistoryEntry(
                row.getInt(2),
                version == null || !Version.isVersion(version) ? null : Version.of(version),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                checksum,
                row.getString(8),
                row.getString(9),
                Duration.ofMillis(row.getInt(10)),
                row.getBoolean(11));
    }

    private void readProgress(Connection connection, List<String> schemas, Map<String, Map<Integer, Progress>> progress)
            throws SQLException {
        String columns = Stream.of("installed_rank", "statement_number", "statement_count", "refused")
                .map(engine::quoted)
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(union(schemas, columns, Engine.PROGRESS))) {
            while (rows.next()) {
                progress.computeIfAbsent(rows.getString(1), schema -> new HashMap<>())
                        .put(rows.getInt(2), new Progress(rows.getInt(3), rows.getInt(4), rows.getString(5)));
            }
        }
    }

    private String union(List<String> schemas, String columns, String table) {
        return schemas.stream()
                .map(schema ->
                        "SELECT " + engine.literal(schema) + ", " + columns + " FROM " + engine.table(schema, table))
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** Creates the table, if there is none. */
    void create(Connection connection, String schema) throws SQLException {
        execute(connection, engine.createHistory(schema));
    }

    /** Returns a statement that adds an entry; without a duration, that of the transaction. */
    String insert(
            String schema,
            int rank,
            Migration migration,
            Step step,
            String user,
            @Nullable Duration took,
            boolean success) {
        boolean up = step.direction() == Step.Direction.UP;
        Integer checksum = migration.checksum();
        return "INSERT INTO " + engine.table(schema, Engine.HISTORY) + " ("
                + COLUMNS.stream()
                        .filter(column -> !column.equals("installed_on"))
                        .map(engine::quoted)
                        .collect(Collectors.joining(", "))
                + ") VALUES (" + rank + ", "
                + engine.literal(migration.version().toString()) + ", "
                + engine.literal(migration.description()) + ", '" + (up ? migration.type() : "DELETE") + "', "
                + engine.literal(step.script()) + ", " + checksum + ", " + engine.literal(user) + ", "
                + (took == null
                        ? "CAST(EXTRACT(EPOCH FROM clock_timestamp() - transaction_timestamp()) * 1000 AS INT)"
                        : String.valueOf(took.toMillis()))
                + ", " + success + ")";
    }

    /** Notes the end of a script that is not one transaction. */
    void finish(Connection connection, String schema, int rank, Duration took) throws SQLException {
        execute(
                connection,
                List.of(
                        "UPDATE " + engine.table(schema, Engine.HISTORY) + " SET " + engine.quoted("success")
                                + " = TRUE, " + engine.quoted("execution_time") + " = " + took.toMillis() + " WHERE "
                                + engine.quoted("installed_rank") + " = " + rank,
                        "DELETE FROM " + engine.table(schema, Engine.PROGRESS) + " WHERE "
                                + engine.quoted("installed_rank") + " = " + rank));
    }

    void createProgress(Connection connection, String schema) throws SQLException {
        execute(connection, List.of(engine.createProgress(schema)));
    }

    String insertProgress(String schema, int rank, int statements) {
        return "INSERT INTO " + engine.table(schema, Engine.PROGRESS) + " (" + engine.quoted("installed_rank")
                + ", " + engine.quoted("statement_number") + ", " + engine.quoted("statement_count") + ") VALUES ("
                + rank + ", 0, " + statements + ")";
    }

    /** Notes which statement comes next. */
    void progress(Connection connection, String schema, int rank, int number) throws SQLException {
        execute(connection, List.of(updateProgress(schema, "statement_number", String.valueOf(number), rank)));
    }

    /** Notes what the database said. */
    void refuse(Connection connection, String schema, int rank, String words) throws SQLException {
        String text = engine.literal(words.substring(0, Math.min(words.length(), LONGEST_WORDS)));
        execute(connection, List.of(updateProgress(schema, "refused", text, rank)));
    }

    private String updateProgress(String schema, String column, String value, int rank) {
        return "UPDATE " + engine.table(schema, Engine.PROGRESS) + " SET " + engine.quoted(column) + " = " + value
                + " WHERE " + engine.quoted("installed_rank") + " = " + rank;
    }

    /** Forgets failed entries. */
    void deleteFailed(Connection connection, String schema, boolean hasProgress) throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add("DELETE FROM " + engine.table(schema, Engine.HISTORY) + " WHERE " + engine.quoted("success")
                + " = FALSE");
        if (hasProgress) {
            statements.add("DELETE FROM " + engine.table(schema, Engine.PROGRESS) + " WHERE "
                    + engine.quoted("installed_rank") + " > 0");
        }
        execute(connection, statements);
    }

    /** Makes an entry say what the file is now. */
    void align(Connection connection, String schema, int rank, Migration migration) throws SQLException {
        execute(
                connection,
                List.of("UPDATE " + engine.table(schema, Engine.HISTORY) + " SET " + engine.quoted("checksum") + " = "
                        + migration.checksum() + ", " + engine.quoted("description") + " = "
                        + engine.literal(migration.description()) + ", " + engine.quoted("type") + " = '"
                        + migration.type()
                        + "' WHERE " + engine.quoted("installed_rank") + " = " + rank));
    }

    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
