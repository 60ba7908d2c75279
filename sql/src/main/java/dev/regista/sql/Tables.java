package dev.regista.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.jspecify.annotations.Nullable;

/** Creates and drops what the models of one database need: in one transaction, where the database has that for DDL. */
final class Tables {
    private final String database;
    private final LazyMapping mapping;
    private final SqlSettings settings;
    private final Product product;
    private final Pool pool;

    Tables(String database, LazyMapping mapping, SqlSettings settings, Product product, Pool pool) {
        this.database = database;
        this.mapping = mapping;
        this.settings = settings;
        this.product = product;
        this.pool = pool;
    }

    void createAll() {
        DdlScripts scripts = new DdlScripts(mapping.get());
        List<String> missing = scripts.creation();
        while (!missing.isEmpty()) {
            missing = executeOrFindLess(missing, scripts);
        }
    }

    /** When another process creates the same at the same time, a statement fails, but less is missing afterwards. */
    private List<String> executeOrFindLess(List<String> missing, DdlScripts scripts) {
        try {
            execute(missing);
            return List.of();
        } catch (SchemaException e) {
            List<String> stillMissing = scripts.creation();
            if (stillMissing.size() >= missing.size()) {
                throw e;
            }
            return stillMissing;
        }
    }

    void dropAll() {
        Mapping current = mapping.get();
        String schema = settings.schema();
        if (schema == null) {
            execute(new DdlScripts(current).dropping());
        } else if (product == Product.SQLITE) {
            throw new SchemaException(database, "drop schema", new SQLException("SQLite has no schemas to drop"));
        } else {
            execute(List.of(dropSchema(schema, current)));
        }
        // What Hibernate knows of the dropped sequences would give out ids that new ones give out again.
        mapping.renew();
    }

    private String dropSchema(String schema, Mapping current) {
        Dialect dialect = current.services()
                .requireService(JdbcServices.class)
                .getJdbcEnvironment()
                .getDialect();
        String closing = String.valueOf(dialect.closeQuote());
        String quoted = dialect.openQuote() + schema.replace(closing, closing + closing) + closing;
        return product.schemaIsCatalog()
                ? "drop database if exists " + quoted
                : "drop schema if exists " + quoted + " cascade";
    }

    private void execute(List<String> statements) {
        if (statements.isEmpty()) {
            return;
        }
        @Nullable Connection connection = null;
        String current = "begin";
        try {
            connection = pool.getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String next : statements) {
                    current = next;
                    statement.execute(next);
                }
            }
            current = "commit";
            connection.commit();
        } catch (SQLException e) {
            throw new SchemaException(database, current, e);
        } finally {
            giveBack(connection);
        }
    }

    /** The pool rolls back what has not been committed. */
    private void giveBack(@Nullable Connection connection) {
        if (connection != null) {
            try {
                pool.closeConnection(connection);
            } catch (SQLException e) {
                throw new SchemaException(database, "release of the connection", e);
            }
        }
    }
}
