package dev.regista.sql.schema;

import java.util.List;

/**
 * The schemas of one database. On MariaDB and MySQL, a schema is a database. SQLite has none: there, every method but
 * {@link #defaultName()} and {@link #list()} throws {@link dev.regista.sql.SchemaException} before anything is sent.
 *
 * <p>What changes schemas runs in a unit of work and joins the one under way on the thread: where DDL is part of
 * transactions (PostgreSQL), a unit that is rolled back takes its schemas with it. Names are quoted, and mean themselves
 * letter by letter.
 *
 * <p>Safe for use by several threads. Every method throws {@link dev.regista.NotOpenException} if the database is not open,
 * and {@link IllegalArgumentException} for a name that has not 1 to 63 bytes, or a quote or control character in it.
 */
public interface Schemas {
    /** What is created in a new schema. */
    enum Contents {
        /** Nothing. */
        EMPTY,
        /** The tables of the models that are neither tenant models nor name a schema of their own. */
        MODELS,
        /** The tables of the tenant models. Their foreign keys to other models refer to the shared tables. */
        TENANT_MODELS
    }

    /**
     * Creates a schema.
     *
     * @throws dev.regista.sql.SchemaException with the database's own words: it exists, or must not be created. Where DDL
     *     is not part of transactions, what a failure leaves is dropped again
     */
    default void create(String name) {
        create(name, Contents.EMPTY);
    }

    /**
     * Creates a schema with tables.
     *
     * @throws dev.regista.sql.SchemaException as {@link #create(String)}
     */
    void create(String name, Contents contents);

    /**
     * Creates a schema if it does not exist.
     *
     * @return whether it was created
     * @throws dev.regista.sql.SchemaException with the database's own words
     */
    boolean createIfAbsent(String name, Contents contents);

    /**
     * Drops an empty schema.
     *
     * @throws dev.regista.sql.SchemaException with the database's own words: there is none, or there is something in it. On
     *     MariaDB and MySQL, which would drop everything in it, that is found out first. Also, before anything is sent, if it
     *     is the schema of a tenant that this process knows: drop the tenant
     */
    void drop(String name);

    /**
     * Drops a schema, if it exists, with everything in it. Irreversible.
     *
     * @return whether there was one
     * @throws dev.regista.sql.SchemaException with the database's own words; or, before anything is sent, if it is the schema
     *     of a tenant that this process knows: drop the tenant
     */
    boolean dropCascade(String name);

    /** Returns the names of all schemas that may be seen, sorted; those of the system are left out. None on SQLite. */
    List<String> list();

    /** Returns whether there is a schema of that name, letter by letter. */
    boolean exists(String name);

    /**
     * Returns the schema of models that name none: the one that was set, or else the connection's own. Asked once and kept.
     * Empty on SQLite.
     */
    String defaultName();
}
