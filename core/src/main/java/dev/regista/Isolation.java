package dev.regista;

/**
 * How far a unit of work is isolated from others that run at the same time: the levels of the SQL standard, weakest
 * first.
 */
public enum Isolation {
    /** May see what others have not committed. */
    READ_UNCOMMITTED,
    /** Each statement sees what was committed when it began. */
    READ_COMMITTED,
    /** All statements see what was committed when the first one began. */
    REPEATABLE_READ,
    /** As if the units ran one after the other; the database refuses one of two that cannot. */
    SERIALIZABLE
}
