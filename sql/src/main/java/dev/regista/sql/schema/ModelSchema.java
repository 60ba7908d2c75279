package dev.regista.sql.schema;

import java.util.List;
import java.util.Set;

/**
 * What the models of a database need in its schemas, as Hibernate maps them. For tools that create or compare schemas.
 * Follows models that arrive, leave or change. Nothing here asks the database.
 */
public interface ModelSchema {
    /** A column of a table. Names are as they are mapped, without quotes. */
    record Column(String table, String column) {}

    /**
     * A table of models.
     *
     * @param schema where it is: as its model says, or else as was set for the database; empty for the default schema and
     *     for tables of tenants, which are in the schema of each
     * @param name its name, as it is mapped, without quotes
     * @param isTenants whether each tenant has one
     */
    record MappedTable(String schema, String name, boolean isTenants) {}

    /** Returns the tables of all models, once each, sorted by schema and name; the catalogue of tenants is not among them. */
    List<MappedTable> tables();

    /**
     * Returns the statements that create the tables, sequences and types of some models, in schemas that exist. The
     * catalogue of tenants is not among them, nor what names a schema of its own.
     *
     * @param contents which models
     * @param shared the schema of the models that belong to no tenant; not looked at on SQLite
     * @param tenant the schema of the tenant models; not looked at for {@link Schemas.Contents#MODELS}
     */
    List<String> creation(Schemas.Contents contents, String shared, String tenant);

    /** Returns the names, without quotes, of the tables of models that name a schema of their own. */
    Set<String> elsewhere();

    /**
     * Returns the columns of an attribute of a model, or of all models that have such an attribute.
     *
     * @param model the entity's name, or its class's, with or without the package; empty for all models
     * @param attribute the attribute's name, with dots for those of embeddables
     * @return none if there is no such model or attribute
     */
    List<Column> columns(String model, String attribute);
}
