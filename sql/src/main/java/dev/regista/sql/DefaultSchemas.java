package dev.regista.sql;

import dev.regista.Units;
import dev.regista.sql.schema.Schemas;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Schemas over plain JDBC units of work. */
final class DefaultSchemas implements Schemas {
    private static final Set<String> OF_THE_SYSTEM =
            Set.of("information_schema", "performance_schema", "mysql", "sys", "pg_catalog", "pg_toast");

    private final Supplier<SqlBackend> backend;
    private final Units<Connection> units;

    DefaultSchemas(Supplier<SqlBackend> backend, Units<Connection> units) {
        this.backend = backend;
        this.units = units;
    }

    @Override
    public void create(String name, Contents contents) {
        SqlBackend live = withSchemas("create schema " + SqlSettings.schemaName(name));
        SchemaDdl ddl = new SchemaDdl(live);
        List<String> tables = ddl.tables(contents, name);
        units.run(connection -> ddl.create(connection, name, tables));
    }

    @Override
    public boolean createIfAbsent(String name, Contents contents) {
        if (exists(name)) {
            return false;
        }
        try {
            create(name, contents);
            return true;
        } catch (SchemaException e) {
            // Somebody else was faster.
            if (exists(name)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void drop(String name) {
        SqlBackend live = droppable(name);
        SchemaDdl ddl = new SchemaDdl(live);
        units.run(connection -> ddl.drop(connection, name));
        live.noteDropped(name);
    }

    @Override
    public boolean dropCascade(String name) {
        SqlBackend live = droppable(name);
        SchemaDdl ddl = new SchemaDdl(live);
        boolean existed = exists(name);
        units.run(connection -> ddl.dropCascade(connection, name));
        live.noteDropped(name);
        return existed;
    }

    @Override
    public List<String> list() {
        SqlBackend live = backend.get();
        if (live.product() == Product.SQLITE) {
            return List.of();
        }
        return names(live).stream()
                .filter(name -> !OF_THE_SYSTEM.contains(name.toLowerCase(Locale.ROOT)))
                .filter(name -> live.product() != Product.POSTGRESQL || !name.startsWith("pg_"))
                .toList();
    }

    @Override
    public boolean exists(String name) {
        SqlBackend live = withSchemas("look for schema " + SqlSettings.schemaName(name));
        return names(live).contains(name);
    }

    @Override
    public String defaultName() {
        return backend.get().defaultSchema();
    }

    private Set<String> names(SqlBackend live) {
        try {
            return units.<Set<String>, SQLException>read(connection -> SchemaDdl.names(live.product(), connection));
        } catch (SQLException e) {
            throw new SchemaException(live.name(), "list schemas", e);
        }
    }

    /** A tenant in another schema of that name would go on with the ids of the one before. */
    private SqlBackend droppable(String name) {
        String what = "drop schema " + SqlSettings.schemaName(name);
        SqlBackend live = withSchemas(what);
        live.directory().findUsable(name).ifPresent(tenant -> {
            throw new SchemaException(
                    live.name(),
                    what,
                    new SQLException("it is that of tenant '" + tenant.name() + "', which can be dropped"));
        });
        return live;
    }

    private SqlBackend withSchemas(String what) {
        SqlBackend live = backend.get();
        if (live.product() == Product.SQLITE) {
            throw new SchemaException(live.name(), what, new SQLException("SQLite has no schemas"));
        }
        return live;
    }
}
