package dev.regista.sql;

import dev.regista.sql.schema.ModelSchema.MappedTable;
import dev.regista.sql.schema.SchemaSelection;
import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tables of the models of one database. Follows models that arrive, leave or change, and tenants that come and go;
 * nothing is kept here, however many schemas there are. Safe for use by several threads.
 */
public final class DatabaseTables {
    private final String name;
    private final SqlDatabase database;

    DatabaseTables(String name, SqlDatabase database) {
        this.name = name;
        this.database = database;
    }

    /** Returns the name of the database, as the registry calls it. */
    public String name() {
        return name;
    }

    /** Returns its URL, without credentials and with other secrets masked. */
    public String url() {
        return database.url();
    }

    /**
     * Returns the tables, each once: those of tenant models without a schema.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    public List<MappedTable> tables() {
        return database.modelSchema().tables();
    }

    /**
     * Returns the tables in some schemas: those of tenant models in the schema of each tenant, all others where they are
     * anyway. A tenant with a database of its own has none here.
     *
     * @param schemas which schemas
     * @throws dev.regista.NotOpenException if the database is not open
     */
    public List<MappedTable> tables(SchemaSelection schemas) {
        List<MappedTable> tables = new ArrayList<>();
        for (MappedTable table : tables()) {
            if (!table.isTenants()) {
                tables.add(table);
            } else {
                database.tenants().list().stream()
                        .filter(tenant -> tenant.placement() == Placement.SCHEMA)
                        .map(TenantInfo::schema)
                        .forEach(schema -> tables.add(new MappedTable(schema, table.name(), true)));
            }
        }
        return tables.stream()
                .filter(table -> schemas.contains(table.schema()))
                .sorted(Comparator.comparing(MappedTable::schema).thenComparing(MappedTable::name))
                .toList();
    }
}
