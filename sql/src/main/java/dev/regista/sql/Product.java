package dev.regista.sql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hibernate.cfg.AvailableSettings;

/** What databases do differently as far as it matters here. Told from the live connection, not from the URL. */
enum Product {
    POSTGRESQL,
    MARIADB,
    MYSQL,
    H2,
    SQLITE,
    OTHER;

    static Product of(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String name = metaData.getDatabaseProductName().toLowerCase(Locale.ROOT);
        String version = metaData.getDatabaseProductVersion().toLowerCase(Locale.ROOT);
        if (name.contains("mariadb") || version.contains("mariadb")) {
            return MARIADB;
        }
        return switch (name) {
            case "postgresql" -> POSTGRESQL;
            case "mysql" -> MYSQL;
            case "h2" -> H2;
            case "sqlite" -> SQLITE;
            default -> OTHER;
        };
    }

    /** What the URL suggests; good enough for the driver's properties, which are needed before there is a connection. */
    static Product suggestedBy(String url) {
        String subprotocol = url.toLowerCase(Locale.ROOT);
        for (Product product : values()) {
            if (subprotocol.startsWith("jdbc:" + product.name().toLowerCase(Locale.ROOT) + ":")) {
                return product;
            }
        }
        return OTHER;
    }

    /** Driver properties that make bulk work fast, and opening end in time. */
    Map<String, String> driverDefaults(Duration connectTimeout) {
        Map<String, String> defaults = new LinkedHashMap<>();
        String millis = String.valueOf(connectTimeout.toMillis());
        switch (this) {
            case POSTGRESQL -> {
                defaults.put("reWriteBatchedInserts", "true");
                defaults.put(
                        "loginTimeout",
                        String.valueOf(connectTimeout.plusMillis(999).toSeconds()));
                defaults.put("tcpKeepAlive", "true");
            }
            case MYSQL -> {
                defaults.put("rewriteBatchedStatements", "true");
                defaults.put("connectTimeout", millis);
            }
            case MARIADB -> defaults.put("connectTimeout", millis);
            case SQLITE -> {
                // Readers do not block the writer, and a writer takes its lock at BEGIN, where waiting for it is
                // possible. The driver's explicit read-only mode would spare read-only transactions that lock, but
                // refuses every write on a connection that has been read from in auto-commit.
                defaults.put("journal_mode", "WAL");
                defaults.put("transaction_mode", "IMMEDIATE");
                defaults.put("busy_timeout", millis);
                defaults.put("foreign_keys", "true");
            }
            case H2, OTHER -> {}
        }
        return defaults;
    }

    /**
     * Returns what else is asked of the driver where there are tenants: statements differ by tenant, and one that the driver
     * does not keep is parsed and planned again each time. A plan takes about 16 KB of the server's memory, per connection.
     */
    Map<String, String> driverDefaultsWithTenants() {
        return this == POSTGRESQL ? Map.of("preparedStatementCacheQueries", "1024") : Map.of();
    }

    /** Whether {@code SET TRANSACTION} states isolation and access mode of just the transaction about to begin. */
    boolean hasSetTransaction() {
        return this == POSTGRESQL || this == MARIADB || this == MYSQL;
    }

    /** Which setting of Hibernate names the schema of what names none. */
    String defaultSchemaSetting() {
        return schemaIsCatalog() ? AvailableSettings.DEFAULT_CATALOG : AvailableSettings.DEFAULT_SCHEMA;
    }

    /** Returns the schema that a connection is in; empty if this database has none. */
    String currentSchema(Connection connection) throws SQLException {
        String schema = schemaIsCatalog() ? connection.getCatalog() : this == SQLITE ? null : connection.getSchema();
        return schema == null ? "" : schema;
    }

    /** Returns a query for the schemas and names of all sequences; empty where Hibernate's own is good enough. */
    String sequences() {
        return switch (this) {
            case POSTGRESQL, H2 -> "select sequence_schema, sequence_name from information_schema.sequences";
            case MARIADB ->
                "select table_schema, table_name from information_schema.tables where table_type = 'SEQUENCE'";
            default -> "";
        };
    }

    /**
     * Returns a query for so many values of a sequence; empty where there is none.
     *
     * @param nextValue the expression for one
     */
    String valuesOfSequence(String nextValue, int count) {
        return switch (this) {
            case POSTGRESQL -> "select " + nextValue + " from generate_series(1, " + count + ")";
            case H2 -> "select " + nextValue + " from system_range(1, " + count + ")";
            case MARIADB -> "select " + nextValue + " from seq_1_to_" + count;
            default -> "";
        };
    }

    /** Returns a query for the names of the types that a mapping may have created; empty where there are none. */
    String types() {
        return switch (this) {
            case POSTGRESQL -> "select typname from pg_type where typtype in ('e', 'd') and pg_type_is_visible(oid)";
            case H2 -> "select domain_name from information_schema.domains where domain_schema = current_schema";
            default -> "";
        };
    }

    /** Returns a statement that limits how long the rest of the transaction waits for locks, where there is one. */
    Optional<String> limitLockWait(int seconds) {
        return this == POSTGRESQL ? Optional.of("set local lock_timeout = '" + seconds + "s'") : Optional.empty();
    }

    /** Returns what precedes a DDL statement so that it waits for locks only so long; empty where nothing does. */
    String withLockWait(int seconds) {
        return this == MARIADB ? "set statement lock_wait_timeout=" + seconds + " for " : "";
    }

    /** Whether DDL is part of transactions. */
    boolean hasTransactionalDdl() {
        return this == POSTGRESQL;
    }

    /** Whether what the tools of Hibernate call a catalog is what everyone calls a schema. */
    boolean schemaIsCatalog() {
        return this == MARIADB || this == MYSQL;
    }

    /** Whether the failure says that the transaction was refused only because of others at the same time. */
    boolean isRetryable(SQLException failure) {
        String state = failure.getSQLState();
        if ("40001".equals(state) || "40P01".equals(state)) {
            return true;
        }
        return switch (this) {
            case H2 -> failure.getErrorCode() == 90131; // concurrent update
            case SQLITE -> (failure.getErrorCode() & 0xff) == 5; // SQLITE_BUSY and its extended codes
            case MARIADB -> failure.getErrorCode() == 1020; // record has changed since last read
            default -> false;
        };
    }
}
