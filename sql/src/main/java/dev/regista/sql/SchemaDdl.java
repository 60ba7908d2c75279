package dev.regista.sql;

import dev.regista.sql.schema.Schemas.Contents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.hibernate.dialect.Dialect;
import org.hibernate.mapping.Table;

/** Creates and drops schemas, with tables in them, on a connection. Whatever the database refuses is a SchemaException. */
final class SchemaDdl {
    /** How long dropping waits for transactions that use what is dropped. */
    private static final int LOCK_SECONDS = 5;

    private final SqlBackend backend;
    private final Dialect dialect;

    SchemaDdl(SqlBackend backend) {
        this.backend = backend;
        // Not when it is needed: building the mapping takes a connection too.
        this.dialect = backend.routed().with(Mapping::dialect);
    }

    static Set<String> names(Product product, Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        boolean catalogs = product.schemaIsCatalog();
        try (ResultSet found = catalogs
                ? connection.getMetaData().getCatalogs()
                : connection.getMetaData().getSchemas()) {
            while (found.next()) {
                names.add(found.getString(catalogs ? "TABLE_CAT" : "TABLE_SCHEM"));
            }
        }
        return names;
    }

    /** Returns what creates the tables in a schema. The types of their columns are where the shared models are. */
    List<String> tables(Contents contents, String schema) {
        Route route =
                contents == Contents.TENANT_MODELS ? Route.SHARED.withTenantSchema(schema) : Route.of(schema, 0, null);
        return tables(contents, route, backend.defaultSchema(), false).stream()
                .filter(statement -> !DdlScripts.createsType(statement))
                .toList();
    }

    /** Returns what creates the tables of some models, and, as one of the shared, that of the content types. */
    List<String> tablesAndContentTypes(Contents contents, Route route) {
        String shared = route.schema();
        return tables(contents, route, shared == null ? backend.defaultSchema() : shared, true);
    }

    private List<String> tables(Contents contents, Route route, String ofContentTypes, boolean withContentTypes) {
        if (contents == Contents.EMPTY) {
            return List.of();
        }
        return backend.routed().with(mapping -> tables(mapping, contents, route, ofContentTypes, withContentTypes));
    }

    private List<String> tables(
            Mapping mapping, Contents contents, Route route, String ofContentTypes, boolean withContentTypes) {
        boolean tenants = contents == Contents.TENANT_MODELS;
        Ownership ownership = mapping.ownership();
        Placeholders placeholders = Objects.requireNonNull(mapping.placeholders());
        Set<String> contentTypes = contentTypeTables(mapping);
        String ofOthers = Objects.requireNonNullElse(route.schema(), backend.defaultSchema());
        UnaryOperator<String> schemaOfFixed = name -> contentTypes.contains(name) ? ofContentTypes : ofOthers;
        return new DdlScripts(
                        backend,
                        mapping,
                        Map.of(),
                        table -> isIn(table)
                                && (withContentTypes
                                        || !contentTypes.contains(
                                                table.getName().toLowerCase(Locale.ROOT)))
                                && ownership.isTenants(table) == tenants,
                        sequence -> ownership.isUnpinned(sequence) && ownership.isTenants(sequence) == tenants)
                .creationOfAll().stream()
                        .map(statement -> placeholders.fill(statement, route, schemaOfFixed))
                        .toList();
    }

    /** The catalogue of tenants is in the shared schema alone. */
    private static boolean isIn(Table table) {
        return table.getSchema() == null
                && table.getCatalog() == null
                && !table.getName().equals(TenantRow.TABLE);
    }

    private static Set<String> contentTypeTables(Mapping mapping) {
        ContentTypeSupport types = mapping.contentTypes();
        return types == null ? Set.of() : types.tables(mapping.metadata());
    }

    /** Creates a schema with tables; where DDL is not part of the transaction, drops again what a failure leaves. */
    void create(Connection connection, String schema, List<String> tables) {
        execute(connection, createStatement(schema));
        try {
            executeAll(connection, tables);
        } catch (SQLException e) {
            SchemaException refused = new SchemaException(backend.name(), "create tables", e);
            if (!backend.product().hasTransactionalDdl()) {
                undo(connection, schema, refused);
            }
            throw refused;
        }
    }

    private void undo(Connection connection, String schema, SchemaException failure) {
        try {
            dropCascade(connection, schema);
        } catch (SchemaException e) {
            failure.addSuppressed(e);
        }
    }

    void drop(Connection connection, String schema) {
        if (backend.product().schemaIsCatalog()) {
            refuseIfFull(connection, schema);
        }
        execute(connection, dropStatement(schema));
    }

    private void refuseIfFull(Connection connection, String schema) {
        try (ResultSet tables = connection.getMetaData().getTables(schema, null, "%", null)) {
            if (tables.next()) {
                throw new SQLException("there are tables in it, such as " + tables.getString("TABLE_NAME"));
            }
        } catch (SQLException e) {
            throw new SchemaException(backend.name(), "drop schema " + schema, e);
        }
    }

    void dropCascade(Connection connection, String schema) {
        execute(connection, dropCascadeStatement(schema));
    }

    /** Drops the schema of a tenant in a transaction of its own, of which the rest waits for locks only so long. */
    void dropTenant(Connection connection, String schema) {
        backend.product().limitLockWait(LOCK_SECONDS).ifPresent(limit -> execute(connection, limit));
        execute(connection, backend.product().withLockWait(LOCK_SECONDS) + dropCascadeStatement(schema));
    }

    private void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SchemaException(backend.name(), sql, e);
        }
    }

    /** As one batch, which is one round trip where the driver sends batches together. */
    static void executeAll(Connection connection, List<String> statements) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.addBatch(sql);
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw e.getNextException() == null ? e : e.getNextException();
        }
    }

    private String createStatement(String schema) {
        return (backend.product().schemaIsCatalog() ? "create database " : "create schema ") + quoted(schema);
    }

    private String dropStatement(String schema) {
        return backend.product().schemaIsCatalog()
                ? "drop database " + quoted(schema)
                : "drop schema " + quoted(schema) + " restrict";
    }

    private String dropCascadeStatement(String schema) {
        return dropCascade(backend.product(), dialect, schema);
    }

    static String dropCascade(Product product, Dialect dialect, String schema) {
        return product.schemaIsCatalog()
                ? "drop database if exists " + quoted(dialect, schema)
                : "drop schema if exists " + quoted(dialect, schema) + " cascade";
    }

    private String quoted(String name) {
        return quoted(dialect, name);
    }

    static String quoted(Dialect dialect, String name) {
        String closing = String.valueOf(dialect.closeQuote());
        return dialect.openQuote() + name.replace(closing, closing + closing) + closing;
    }
}
