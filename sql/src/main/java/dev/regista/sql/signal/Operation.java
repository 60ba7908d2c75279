package dev.regista.sql.signal;

/** What is done to rows. */
public enum Operation {
    /** Rows are added. */
    INSERT,
    /** Rows are changed. */
    UPDATE,
    /** A row is added or, if it is there, changed; only stateless sessions do this. */
    UPSERT,
    /** Rows are removed. */
    DELETE,
    /** A native statement, which nobody has looked into. */
    NATIVE
}
