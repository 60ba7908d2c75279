package dev.regista.migrations.generate;

import dev.regista.NotSupportedException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What comparing needs to know of a database product. The models' tables are created in a schema that nobody uses, and read
 * back from there by what also reads the live schema: so both sides speak the same language, which is the database's own.
 */
final class Platform {
    private enum Kind {
        POSTGRESQL,
        MARIADB,
        H2,
        SQLITE
    }

    /** What is created in schemas that nobody uses. */
    interface Contents {
        /** Returns the statements that fill the shared schema. */
        List<String> shared(String shared);

        /** Returns the statements that fill the schema of a tenant; null if it is the shared one that is wanted. */
        @Nullable
        List<String> tenant(String shared, String tenant);
    }

    private static final Pattern MADE_UP_BY_H2 = Pattern.compile("CONSTRAINT_[0-9A-F_]+");
    private static final Pattern MADE_UP_BY_MARIADB = Pattern.compile("CONSTRAINT_\\d+");

    private final Kind kind;
    private final Names names;
    private final Catalog catalog;
    private final Ddl ddl;

    private Platform(Kind kind, Names names) {
        this.kind = kind;
        this.names = names;
        this.catalog = switch (kind) {
            case POSTGRESQL -> new PostgresCatalog();
            case MARIADB -> new MariaDbCatalog();
            case H2 -> new H2Catalog();
            case SQLITE -> new SqliteCatalog();
        };
        this.ddl = switch (kind) {
            case POSTGRESQL -> new PostgresDdl(names);
            case MARIADB -> new MariaDbDdl(names);
            case H2 -> new H2Ddl(names);
            case SQLITE -> new SqliteDdl(names);
        };
    }

    static Platform of(String database, Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String product = metaData.getDatabaseProductName().toLowerCase(Locale.ROOT);
        String version = metaData.getDatabaseProductVersion().toLowerCase(Locale.ROOT);
        for (Kind kind : Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            if (product.equals(name) || version.contains(name)) {
                return new Platform(kind, Names.of(connection));
            }
        }
        throw new NotSupportedException(database, "generating migrations on " + metaData.getDatabaseProductName());
    }

    Ddl ddl() {
        return ddl;
    }

    Names names() {
        return names;
    }

    /** Whether a name was made up by the database, and differently each time. */
    boolean isMadeUp(String name) {
        return (kind == Kind.H2 && MADE_UP_BY_H2.matcher(name).matches())
                || (kind == Kind.MARIADB && MADE_UP_BY_MARIADB.matcher(name).matches());
    }

    boolean namesConstraints() {
        return kind != Kind.SQLITE;
    }

    boolean rebuildsTables() {
        return kind == Kind.SQLITE;
    }

    /** Whether Hibernate would not write it for this database, so that its absence in the models says nothing. */
    boolean isUnwritten(Constraint constraint) {
        return kind == Kind.SQLITE
                && (constraint instanceof Constraint.ForeignKey
                        || (constraint instanceof Constraint.Unique unique
                                && unique.columns().size() > 1)
                        || (constraint instanceof Constraint.Index index && index.unique()));
    }

    /** Whether an index cannot go away under a foreign key. */
    boolean keysNeedIndexes() {
        return kind == Kind.MARIADB;
    }

    boolean hasConcurrentIndexes() {
        return kind == Kind.POSTGRESQL;
    }

    boolean renamesSequences() {
        return kind != Kind.H2;
    }

    /** Returns a name as the database keeps it if it is not quoted. */
    String folded(String name) {
        return kind == Kind.H2 ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT);
    }

    /** Returns the schema that names mean on a connection. */
    String current(Connection connection) throws SQLException {
        String schema = kind == Kind.MARIADB ? connection.getCatalog() : connection.getSchema();
        return schema == null ? "" : schema;
    }

    /** Reads a schema that is in use. */
    SchemaModel live(Connection connection, String schema, String shared) throws SQLException {
        if (kind != Kind.POSTGRESQL) {
            return catalog.read(connection, schema, shared);
        }
        connection.setAutoCommit(false);
        try {
            searchPath(connection, schema, shared);
            return catalog.read(connection, schema, shared);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Creates something where nobody looks, reads it, and leaves nothing behind. */
    SchemaModel scratch(Connection connection, Contents contents) throws SQLException {
        String id = UUID.randomUUID().toString().substring(0, 8);
        String shared = "regista_scratch_" + id;
        String tenant = "regista_scratch_" + id + "_tenant";
        return switch (kind) {
            case POSTGRESQL -> inTransaction(connection, contents, shared, tenant);
            case SQLITE -> inMemory(contents);
            default -> inSchemas(connection, contents, shared, tenant);
        };
    }

    /** Rolled back, it never was. */
    private SchemaModel inTransaction(Connection connection, Contents contents, String shared, String tenant)
            throws SQLException {
        Query query = new Query(connection);
        connection.setAutoCommit(false);
        try {
            query.execute("create schema " + names.quoted(shared));
            searchPath(connection, shared, "");
            run(query, contents.shared(shared));
            List<String> ofTenant = contents.tenant(shared, tenant);
            if (ofTenant == null) {
                return catalog.read(connection, shared, "");
            }
            query.execute("create schema " + names.quoted(tenant));
            searchPath(connection, tenant, shared);
            run(query, ofTenant);
            return catalog.read(connection, tenant, shared);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** What was on the path stays there, at its end: extensions have their types somewhere. */
    private void searchPath(Connection connection, String first, String second) throws SQLException {
        Query query = new Query(connection);
        String original = query.list(
                        "select reset_val from pg_settings where name = 'search_path'", row -> row.getString(1))
                .get(0);
        query.execute("set local search_path to " + names.quoted(first)
                + (second.isEmpty() ? "" : ", " + names.quoted(second))
                + (original.isBlank() ? "" : ", " + original));
    }

    private SchemaModel inMemory(Contents contents) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            // Hibernate writes comments for SQLite too, which has none.
            run(
                    new Query(connection),
                    contents.shared("").stream()
                            .filter(sql -> !sql.startsWith("comment on "))
                            .toList());
            return catalog.read(connection, "", "");
        }
    }

    private SchemaModel inSchemas(Connection connection, Contents contents, String shared, String tenant)
            throws SQLException {
        Query query = new Query(connection);
        String current = current(connection);
        try {
            create(query, shared);
            enter(connection, shared);
            run(query, contents.shared(shared));
            List<String> ofTenant = contents.tenant(shared, tenant);
            if (ofTenant == null) {
                return catalog.read(connection, shared, "");
            }
            create(query, tenant);
            enter(connection, tenant);
            run(query, ofTenant);
            return catalog.read(connection, tenant, shared);
        } finally {
            enter(connection, current);
            drop(query, tenant);
            drop(query, shared);
        }
    }

    /** As the current one, since the collation of a column is a part of it. */
    private void create(Query query, String schema) throws SQLException {
        if (kind == Kind.MARIADB) {
            String collation = query.list("select @@collation_database", row -> row.getString(1))
                    .get(0);
            query.execute("create database " + names.quoted(schema) + " collate " + collation);
        } else {
            query.execute("create schema " + names.quoted(schema));
        }
    }

    private void drop(Query query, String schema) throws SQLException {
        query.execute(
                kind == Kind.MARIADB
                        ? "drop database if exists " + names.quoted(schema)
                        : "drop schema if exists " + names.quoted(schema) + " cascade");
    }

    private void enter(Connection connection, String schema) throws SQLException {
        if (kind == Kind.MARIADB) {
            connection.setCatalog(schema);
        } else {
            connection.setSchema(schema);
        }
    }

    private static void run(Query query, List<String> statements) throws SQLException {
        for (String statement : statements) {
            query.execute(statement);
        }
    }
}
