package dev.regista;

/** A database was asked for something that its kind, or the product behind it, cannot do. Raised before anything is sent. */
public final class NotSupportedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the database and what it cannot do.
     *
     * @param database the database's name
     * @param what what was asked for
     */
    public NotSupportedException(String database, String what) {
        super("Database '" + database + "' does not support " + what + ".");
    }
}
