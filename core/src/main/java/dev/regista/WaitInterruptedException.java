package dev.regista;

/** The thread was interrupted while it waited for a connection. Its interrupt flag is set again. */
public final class WaitInterruptedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the database.
     *
     * @param database the database's name
     * @param cause what the pool raised
     */
    public WaitInterruptedException(String database, Throwable cause) {
        super("Interrupted while waiting for a connection of database '" + database + "'.", cause);
    }
}
