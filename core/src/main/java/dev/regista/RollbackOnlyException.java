package dev.regista;

/**
 * A unit of work ended normally, but a unit that had joined it, or its session, failed before and that failure was
 * swallowed: the whole unit was rolled back. The cause is the swallowed failure, as far as it is known.
 */
public final class RollbackOnlyException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the database and the swallowed failure.
     *
     * @param database the database's name
     * @param swallowed the failure
     */
    public RollbackOnlyException(String database, Throwable swallowed) {
        super(
                "The unit of work on database '" + database
                        + "' was rolled back: a part of it had failed, and the failure was swallowed."
                        + " Use nested() or requiresNew() for work that may fail on its own.",
                swallowed);
    }
}
