package dev.regista.sql.reference;

import dev.regista.RegistaException;

/** An object that cannot be deleted, because others refer to it. */
public final class StillReferencedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final Ref<?> reference;

    /**
     * Names it, and what refers to it.
     *
     * @param reference the object
     * @param source the model and attribute that refer to it
     * @param count how many do
     * @param database the name of their database
     */
    public StillReferencedException(Ref<?> reference, String source, long count, String database) {
        super(reference.target().getName() + " with the id " + reference.id() + " cannot be deleted: " + count + " of "
                + source + " in database '" + database + "' refer to it");
        this.reference = reference;
    }

    /** Returns the object, as a reference to it. */
    public Ref<?> reference() {
        return reference;
    }
}
