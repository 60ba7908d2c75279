package dev.regista.sql.reference;

/** What happens to an object when the one that it refers to is deleted. */
public enum Rule {
    /** It is deleted too, after the commit of the other's deletion. */
    CASCADE,
    /** Its reference becomes {@code null}, after the commit of the other's deletion. */
    SET_NULL,
    /** The other cannot be deleted: that fails with a {@link StillReferencedException}. */
    RESTRICT
}
