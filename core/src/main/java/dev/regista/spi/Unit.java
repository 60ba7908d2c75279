package dev.regista.spi;

/**
 * The driver's side of one unit of work. Used by one thread at a time. {@link #release()} is called exactly once, last,
 * whatever happened before; {@link #commit()} or {@link #rollback()} at most once each. A rollback follows a commit that
 * failed.
 *
 * @param <S> the session
 */
public interface Unit<S> {
    /** Returns the session handed to the work; the same one each time. */
    S session();

    /**
     * Writes what is pending and commits; in {@link Mode#READ}, checks that nothing is pending.
     *
     * @throws Exception the original failure; a checked one reaches the caller as the cause of an
     *     {@link UnitFailedException}
     */
    void commit() throws Exception;

    /**
     * Undoes what was written.
     *
     * @throws Exception suppressed onto the failure that led to the rollback, where there is one
     */
    void rollback() throws Exception;

    /**
     * Gives back what the unit holds.
     *
     * @throws Exception suppressed onto an earlier failure, or else logged: the outcome is decided by then
     */
    void release() throws Exception;

    /**
     * Whether something was written that a rollback loses. Asked only when a connection is closed without an outcome, so
     * it may cost something; where the kind cannot know, it says what it suspects.
     */
    boolean hasWritten();

    /**
     * Begins a unit inside this one, on the same transaction, whose rollback undoes only what it did itself.
     *
     * @throws UnsupportedOperationException if this kind has no savepoints; reported as a
     *     {@link dev.regista.NotSupportedException}
     * @throws Exception if the savepoint cannot be made
     */
    default Unit<S> nested() throws Exception {
        throw new UnsupportedOperationException("savepoints");
    }
}
