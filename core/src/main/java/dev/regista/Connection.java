package dev.regista;

/**
 * One unit of work in its explicit form: a session, an outcome, a release.
 *
 * <pre>{@code
 * try (Connection<Session> connection = database.get()) {
 *     connection.session().persist(customer);
 *     connection.commit();
 * }
 * }</pre>
 *
 * <p>Java cannot tell a block that failed from one that finished, so nothing commits in {@link #close()}: without
 * {@link #commit()}, closing rolls back, and if something had been written, says so in the log.
 *
 * <p>Not safe for use by several threads at once; may be handed from one to another.
 *
 * @param <S> the session
 */
public interface Connection<S> extends AutoCloseable {
    /**
     * Returns the session. The same one for the whole unit.
     *
     * @throws IllegalStateException if this connection has been closed
     */
    S session();

    /**
     * Writes what is pending and commits. What was loaded stays readable. If it fails, the unit has been rolled back and
     * the original failure is thrown.
     *
     * @throws IllegalStateException if the unit already has an outcome, or has been closed
     */
    void commit();

    /**
     * Undoes everything the unit wrote.
     *
     * @throws IllegalStateException if the unit already has an outcome, or has been closed
     */
    void rollback();

    /** Whether {@link #close()} has not been called. */
    boolean isOpen();

    /**
     * Rolls back if the unit has no outcome, and gives everything back. Closing again does nothing. Failures while
     * releasing are thrown only when there was no outcome before.
     */
    @Override
    void close();
}
