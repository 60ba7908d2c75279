package dev.regista.sql.reference;

import dev.regista.RegistaException;

/** A reference whose object does not exist, or not any more. */
public final class DanglingReferenceException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final Ref<?> reference;

    /**
     * Names it.
     *
     * @param reference the reference
     * @param database the name of the database that has no such object
     */
    public DanglingReferenceException(Ref<?> reference, String database) {
        super("Database '" + database + "' has no " + reference.target().getName() + " with the id " + reference.id());
        this.reference = reference;
    }

    /** Returns the reference. */
    public Ref<?> reference() {
        return reference;
    }
}
