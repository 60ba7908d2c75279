package dev.regista.sql;

import dev.regista.spi.Failures;
import dev.regista.sql.schema.Schemas.Contents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates and drops the databases of tenants. Whatever the server refuses is a SchemaException. */
final class DatabaseDdl {
    private final SqlBackend backend;

    DatabaseDdl(SqlBackend backend) {
        this.backend = backend;
    }

    /**
     * Creates the database of a tenant, and fills it. If it cannot be filled, drops it again; a database that was there before
     * is left alone.
     */
    void create(Route route, Runnable filling) {
        String name = name(route);
        if (createsByConnecting()) {
            refuseIfFull(route);
        } else {
            executeOnServer("create database " + quoted(name));
        }
        try {
            filling.run();
        } catch (Throwable t) {
            new Failures(t).attempt(() -> drop(route));
            throw t;
        }
    }

    private boolean createsByConnecting() {
        return backend.product() == Product.H2;
    }

    /** Somebody else's database must not be taken for a new one, and dropped if it will not do. */
    private void refuseIfFull(Route route) {
        inDatabase(route, "look for tables", held -> {
            try (ResultSet tables = held.connection().getMetaData().getTables(null, held.schema(), "%", null)) {
                if (tables.next()) {
                    throw new SQLException(
                            "there is one already, with tables in it, such as " + tables.getString("TABLE_NAME"));
                }
            }
        });
    }

    /** Creates the tables of the tenant models. */
    void createTables(Route route) {
        inDatabase(route, "create tables", held -> {
            List<String> tables = new SchemaDdl(backend).tables(Contents.TENANT_MODELS, held.schema());
            Connection connection = held.connection();
            connection.setAutoCommit(false);
            SchemaDdl.executeAll(connection, tables);
            connection.commit();
        });
    }

    /** Drops the database of a tenant, if there is one, whoever uses it. */
    void drop(Route route) {
        if (createsByConnecting()) {
            inDatabase(route, "drop all objects", held -> {
                try (Statement statement = held.connection().createStatement()) {
                    statement.execute("drop all objects delete files");
                }
            });
            backend.tenantPools().forget(route);
        } else {
            backend.tenantPools().forget(route);
            String force = backend.product() == Product.POSTGRESQL ? " with (force)" : "";
            executeOnServer("drop database if exists " + quoted(name(route)) + force);
        }
    }

    private interface DatabaseWork {
        void run(TenantPools.Held held) throws SQLException;
    }

    private void inDatabase(Route route, String what, DatabaseWork work) {
        TenantPools.@Nullable Held held = null;
        try {
            held = backend.tenantPools().take(route);
            work.run(held);
        } catch (SQLException e) {
            throw new SchemaException(backend.name(), what + " in database " + name(route), e);
        } finally {
            giveBack(held);
        }
    }

    /** The pool rolls back what has not been committed. */
    private void giveBack(TenantPools.@Nullable Held held) {
        if (held != null) {
            try {
                held.source().closeConnection(held.connection());
            } catch (SQLException e) {
                throw new SchemaException(backend.name(), "release of the connection", e);
            }
        }
    }

    /** Creating and dropping databases is part of no transaction. */
    private void executeOnServer(String sql) {
        @Nullable Connection connection = null;
        try {
            connection = backend.pool().getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new SchemaException(backend.name(), sql, e);
        } finally {
            if (connection != null) {
                giveBack(new TenantPools.Held(backend.pool(), connection, ""));
            }
        }
    }

    private String name(Route route) {
        return backend.settings().databaseOf(String.valueOf(route.tenantSchema()));
    }

    private String quoted(String name) {
        return SchemaDdl.quoted(backend.routed().with(Mapping::dialect), name);
    }
}
