package dev.regista.model;

/** What sort of model one is. A model is of exactly one kind. */
public enum ModelKind {
    /** Its rows, nodes or documents are there once per database. */
    ORDINARY,
    /** Read from what is in the database, in place of being written. */
    REFLECTED,
    /** Each tenant has its own. */
    TENANT
}
