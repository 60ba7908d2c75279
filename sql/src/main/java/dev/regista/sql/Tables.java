package dev.regista.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.dialect.Dialect;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/** Creates and drops what the models of one database need: in one transaction, where the database has that for DDL. */
final class Tables {
    private final SqlBackend backend;

    Tables(SqlBackend backend) {
        this.backend = backend;
    }

    /** Creates what is missing of the shared models. */
    void createAll() {
        if (backend.mapping().with(this::createShared)) {
            // Hibernate has tables of its own there, which it creates, or fails to, when the mapping is built.
            backend.forgetMappings();
        }
    }

    /** Creates what is missing of the shared models of a mapping. Returns whether there is a new schema. */
    boolean createShared(Mapping mapping) {
        Ownership ownership = mapping.ownership();
        return create(mapping, table -> !ownership.isTenants(table), sequence -> !ownership.isTenants(sequence));
    }

    void createCatalogueOfTenants() {
        backend.mapping()
                .with(mapping -> create(mapping, table -> table.getName().equals(TenantRow.TABLE), sequence -> false));
    }

    /** Creates what is missing of some tables and sequences. Returns whether there is a new schema. */
    private boolean create(Mapping mapping, Predicate<Table> tables, Predicate<Sequence> sequences) {
        DdlScripts scripts = scripts(mapping, tables, sequences);
        List<String> missing = withoutExistingSchemas(scripts.creation(), mapping.dialect());
        boolean hasNewSchema = missing.stream().anyMatch(this::createsSchema);
        while (!missing.isEmpty()) {
            missing = executeOrFindLess(mapping, missing, scripts);
        }
        return hasNewSchema;
    }

    /** Names without a schema are in the default one: a table of that name in another schema is another table. */
    private DdlScripts scripts(Mapping mapping, Predicate<Table> tables, Predicate<Sequence> sequences) {
        Map<String, Object> names = backend.defaultSchema().isEmpty()
                ? Map.of()
                : Map.of(backend.product().defaultSchemaSetting(), Mapping.quoted(backend.defaultSchema()));
        return new DdlScripts(backend, mapping, names, tables, sequences);
    }

    private String schemaPrefix() {
        return backend.product().schemaIsCatalog() ? "create database " : "create schema ";
    }

    private boolean createsSchema(String statement) {
        return statement.startsWith(schemaPrefix());
    }

    /** Hibernate's script begins with every schema, also with those that exist. */
    private List<String> withoutExistingSchemas(List<String> statements, Dialect dialect) {
        if (statements.stream().noneMatch(this::createsSchema)) {
            return statements;
        }
        String prefix = schemaPrefix();
        Set<String> existing = new HashSet<>();
        try (Connection connection = backend.pool().dataSource().getConnection()) {
            for (String name : SchemaDdl.names(backend.product(), connection)) {
                existing.add(prefix + SchemaDdl.quoted(dialect, name));
                existing.add(prefix + name);
            }
        } catch (SQLException e) {
            throw new SchemaException(backend.name(), "list schemas", e);
        }
        return statements.stream()
                .filter(statement -> !existing.contains(statement.replaceFirst(";?\\s*$", "")))
                .toList();
    }

    /** When another process creates the same at the same time, a statement fails, but less is missing afterwards. */
    private List<String> executeOrFindLess(Mapping mapping, List<String> missing, DdlScripts scripts) {
        try {
            execute(missing);
            return List.of();
        } catch (SchemaException e) {
            List<String> stillMissing = withoutExistingSchemas(scripts.creation(), mapping.dialect());
            if (stillMissing.size() >= missing.size()) {
                throw e;
            }
            return stillMissing;
        }
    }

    /** Drops what there is of the shared models. */
    void dropAll() {
        try (LazyMapping.Use use = backend.mapping().use()) {
            dropAll(use.mapping());
        }
        backend.forgetMappings();
    }

    private void dropAll(Mapping current) {
        String schema = backend.settings().schema();
        if (schema == null) {
            Ownership ownership = current.ownership();
            execute(droppingOfSessionTables(current));
            execute(scripts(current, table -> !ownership.isTenants(table), sequence -> !ownership.isTenants(sequence))
                    .dropping());
        } else if (backend.product() == Product.SQLITE) {
            throw new SchemaException(backend.name(), "drop schema", new SQLException("SQLite has no schemas to drop"));
        } else {
            execute(List.of(SchemaDdl.dropCascade(backend.product(), current.dialect(), schema)));
        }
    }

    /** Hibernate creates tables for ids when the mapping is built, which no script of it drops. */
    private List<String> droppingOfSessionTables(Mapping current) {
        if (backend.product() != Product.H2 && backend.product() != Product.SQLITE) {
            return List.of();
        }
        Dialect dialect = current.dialect();
        String schema =
                backend.defaultSchema().isEmpty() ? "" : SchemaDdl.quoted(dialect, backend.defaultSchema()) + ".";
        return current.metadata().collectTableMappings().stream()
                .filter(Table::isPhysicalTable)
                .flatMap(table -> Stream.of("HT_", "HTE_")
                        .map(prefix -> new Identifier(prefix + table.getName(), table.isQuoted()).render(dialect)))
                .map(name -> "drop table if exists " + schema + name)
                .toList();
    }

    private void execute(List<String> statements) {
        if (statements.isEmpty()) {
            return;
        }
        @Nullable Connection connection = null;
        String current = "begin";
        try {
            connection = backend.pool().getConnection();
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
            throw new SchemaException(backend.name(), current, e);
        } finally {
            giveBack(connection);
        }
    }

    /** The pool rolls back what has not been committed. */
    private void giveBack(@Nullable Connection connection) {
        if (connection != null) {
            try {
                backend.pool().closeConnection(connection);
            } catch (SQLException e) {
                throw new SchemaException(backend.name(), "release of the connection", e);
            }
        }
    }
}
