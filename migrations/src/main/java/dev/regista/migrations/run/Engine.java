package dev.regista.migrations.run;

import dev.regista.NotSupportedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What products do differently as far as migrations are concerned. */
enum Engine {
    POSTGRESQL,
    /** MySQL too. */
    MARIADB,
    H2,
    SQLITE;

    static final String HISTORY = "flyway_schema_history";
    static final String PROGRESS = "regista_migration_progress";

    private static final int LOCK_NAME_BYTES = 20;

    static Engine of(Connection connection, String database) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String name = metaData.getDatabaseProductName().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "postgresql" -> POSTGRESQL;
            case "mariadb", "mysql" -> MARIADB;
            case "h2" -> H2;
            case "sqlite" -> SQLITE;
            default -> throw new NotSupportedException(database, "migrations on " + metaData.getDatabaseProductName());
        };
    }

    /** Whether a script, and its row in the history, can be one transaction. */
    boolean hasTransactionalDdl() {
        return this == POSTGRESQL || this == SQLITE;
    }

    String quoted(String name) {
        String quote = this == MARIADB ? "`" : "\"";
        return quote + name.replace(quote, quote + quote) + quote;
    }

    String table(String schema, String name) {
        return this == SQLITE ? quoted(name) : quoted(schema) + "." + quoted(name);
    }

    /** MariaDB reads backslashes in texts. */
    String literal(String text) {
        String escaped = this == MARIADB ? text.replace("\\", "\\\\") : text;
        return "'" + escaped.replace("'", "''") + "'";
    }

    /** Returns the schema that names mean on a new connection. */
    String currentSchema(Connection connection) throws SQLException {
        String schema = switch (this) {
            case MARIADB -> connection.getCatalog();
            case SQLITE -> "";
            default -> connection.getSchema();
        };
        return schema == null ? "" : schema;
    }

    /** Makes names mean a schema, for the rest of the connection's life. */
    String useStatement(String schema) {
        return switch (this) {
            case POSTGRESQL -> "SET search_path TO " + quoted(schema);
            case MARIADB -> "USE " + quoted(schema);
            case H2 -> "SET SCHEMA " + quoted(schema);
            case SQLITE -> throw new IllegalStateException("SQLite has no schemas");
        };
    }

    /** A query for the tables there are of histories and progress, in one schema or in all. */
    String tablesQuery(@Nullable String schema) {
        String names = " IN ('" + HISTORY + "', '" + PROGRESS + "')";
        return switch (this) {
            case SQLITE -> "SELECT '', name FROM sqlite_master WHERE name" + names;
            // The view of information_schema looks at every table there is, and at the rights to it.
            case POSTGRESQL ->
                "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                        + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'f') AND c.relname" + names
                        + (schema == null ? "" : " AND n.nspname = " + literal(schema));
            default ->
                "SELECT table_schema, table_name FROM information_schema.tables WHERE table_name" + names
                        + (schema == null ? "" : " AND table_schema = " + literal(schema));
        };
    }

    /** A query for two numbers that change when a history does. */
    String fingerprintQuery(String schema, boolean exists) {
        if (exists) {
            return "SELECT count(*), coalesce(max(" + quoted("installed_rank") + "), 0) FROM " + table(schema, HISTORY);
        }
        // By a query: to_regclass may remember from before that there is none.
        return this == POSTGRESQL
                ? "SELECT -count(*), 0 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relname = '" + HISTORY + "' AND n.nspname = " + literal(schema)
                : "SELECT -count(*), 0 FROM sqlite_master WHERE name = '" + HISTORY + "'";
    }

    String createSchema(String schema) {
        return "CREATE " + (this == MARIADB ? "DATABASE" : "SCHEMA") + " IF NOT EXISTS " + quoted(schema);
    }

    /** Flyway's own table. */
    List<String> createHistory(String schema) {
        String name = table(schema, HISTORY);
        String index = quoted(HISTORY + "_s_idx");
        String success = "(" + quoted("success") + ")";
        String create = "CREATE TABLE " + ifNotExists() + name + " (" + column("installed_rank", "INT NOT NULL", ", ")
                + column("version", "VARCHAR(50)", ", ")
                + column("description", "VARCHAR(200) NOT NULL", ", ")
                + column("type", "VARCHAR(20) NOT NULL", ", ")
                + column("script", "VARCHAR(1000) NOT NULL", ", ")
                + column("checksum", "INT", ", ")
                + column("installed_by", "VARCHAR(100) NOT NULL", ", ")
                + column("installed_on", now(), ", ")
                + column("execution_time", "INT NOT NULL", ", ")
                + column("success", "BOOLEAN NOT NULL", ", ")
                + "CONSTRAINT " + quoted(HISTORY + "_pk") + " PRIMARY KEY (" + quoted("installed_rank") + ")";
        if (this == MARIADB) {
            return List.of(create + ", INDEX " + index + " " + success + ")");
        }
        String place = this == H2 ? quoted(schema) + "." : "";
        return List.of(create + ")", "CREATE INDEX " + ifNotExists() + place + index + " ON " + name + " " + success);
    }

    /** A crash between the two statements of {@link #createHistory} must not stop the next run where DDL commits. */
    private String ifNotExists() {
        return hasTransactionalDdl() ? "" : "IF NOT EXISTS ";
    }

    private String now() {
        return this == SQLITE
                ? "TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now'))"
                : "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP";
    }

    private String column(String name, String type, String end) {
        return quoted(name) + " " + type + end;
    }

    /** Where scripts are not one transaction: how far each has come. On H2, the row 0 is also the lock. */
    String createProgress(String schema) {
        return "CREATE TABLE IF NOT EXISTS " + table(schema, PROGRESS) + " ("
                + column("installed_rank", "INT NOT NULL PRIMARY KEY", ", ")
                + column("statement_number", "INT NOT NULL", ", ")
                + column("statement_count", "INT NOT NULL", ", ")
                + column("refused", "VARCHAR(1000)", ")");
    }

    /** A number for PostgreSQL's advisory locks, which are those of one database. */
    static long lockKey(String schema) {
        return java.nio.ByteBuffer.wrap(digest(schema)).getLong();
    }

    /** A name for MariaDB's locks, which are those of the whole server, with names of at most 64 characters. */
    static String lockName(String schema) {
        return "regista." + HexFormat.of().formatHex(digest(schema), 0, LOCK_NAME_BYTES);
    }

    private static byte[] digest(String schema) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("regista migrations\0" + schema).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
