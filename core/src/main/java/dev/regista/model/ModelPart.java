package dev.regista.model;

/** What a database builds of its models when it is first needed, and can build again. */
public enum ModelPart {
    /** What units of work use that state no schema and no tenant: of a SQL database, Hibernate's session factory. */
    MAPPING,
    /** The same for units of work in a schema or a tenant. In a database with tenants, it is also what all others use. */
    ROUTING
}
