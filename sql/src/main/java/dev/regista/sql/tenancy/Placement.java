package dev.regista.sql.tenancy;

/** Where the rows of a tenant are. */
public enum Placement {
    /** In a schema of the shared database. */
    SCHEMA,
    /** In a database of its own. */
    DATABASE
}
