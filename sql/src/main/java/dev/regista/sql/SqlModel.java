package dev.regista.sql;

import dev.regista.model.Model;

/**
 * A model of a SQL database. A callback can change how it is mapped, as if its class were annotated otherwise; everything
 * that is made of the mapping follows: units of work, with and without a schema or tenant, {@code createAll}, and generated
 * migrations. What it sets wins over the annotations, and over what an earlier callback has set.
 *
 * <pre>{@code
 * registry.onModel(Customer.class, model -> model.as(SqlModel.class).table("clients").schema("crm"));
 * }</pre>
 *
 * <p>Each method throws {@link IllegalStateException} when it is called by other than a callback that was given this model.
 * That the database cannot map it like this is found out when the callbacks have run, or, as long as nobody has needed the
 * mapping, when it is first needed.
 */
public interface SqlModel extends Model {
    /**
     * Maps it to a table of this name. A generated sequence that has its name from the table is renamed with it; tables of
     * collections and many-to-many relations keep the names that follow from the annotations. Refused for an entity that
     * shares the table of another.
     *
     * @param name as in {@code @Table}: between backticks, letter by letter
     */
    SqlModel table(String name);

    /**
     * Puts its table, its secondary tables and those of its collections into a schema, whatever schema a unit of work states.
     * A sequence of its ids stays in the default schema. Refused for tenant models.
     *
     * @param name the schema's name, letter by letter; 1 to 63 bytes, no quotes, no control characters
     */
    SqlModel schema(String name);

    /**
     * Adds a column that no attribute has, for other applications, triggers or native SQL. Hibernate creates it and leaves
     * it alone otherwise, so it must allow null or have a default. HQL does not know it. As with an attribute, a table that
     * exists already gets it by a migration.
     *
     * @param name as in {@code @Column}
     * @param definition its type and constraints, in the database's own words, such as {@code varchar(20) default 'x' not null}
     */
    SqlModel column(String name, String definition);

    /**
     * Adds a listener, as {@code @EntityListeners} does, but with an object: its methods that have an annotation such as
     * {@code @PrePersist} and one parameter, to which the entity is passed. Called after those of the class.
     *
     * @param listener used by several threads at once
     */
    SqlModel listener(Object listener);
}
