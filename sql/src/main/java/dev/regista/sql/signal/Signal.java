package dev.regista.sql.signal;

import java.util.Optional;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;

/**
 * Something that a unit of work does. Listeners are called on the thread that does it, inside the unit and its
 * transaction. What a listener throws, the caller of the unit gets as it is, and the unit is rolled back.
 *
 * <p>Valid during the call of the listener only.
 */
public interface Signal {
    /** Returns the name of the database. */
    String database();

    /** Returns the tenant that the unit of work is in, or empty if it is in none. */
    Optional<String> tenant();

    /** Returns the schema that the unit of work states, or empty if it states none. */
    Optional<String> schema();

    /**
     * Returns the session that does it: a {@link org.hibernate.Session} or a {@link StatelessSession}. While a session is
     * being flushed, which is when it saves, it must not be changed: what a listener wants to write, it writes with
     * {@link #stateless()}.
     */
    SharedSessionContract session();

    /**
     * Returns a stateless session in the transaction of the unit: what it writes is sent at once, and committed or undone
     * with the unit. It sends signals too. Owned by the unit.
     *
     * @throws IllegalStateException if the session is of no unit of work: it was opened from the session factory
     */
    StatelessSession stateless();

    /**
     * Calls an action when the unit has been committed, as {@link dev.regista.sql.SqlUnits#afterCommit} does; not if it is
     * rolled back.
     *
     * @throws IllegalStateException if the session is of no unit of work
     */
    void afterCommit(Runnable action);

    /**
     * Calls an action when the unit, or a savepoint of it in which this happened, has been rolled back.
     *
     * @throws IllegalStateException if the session is of no unit of work
     */
    void afterRollback(Runnable action);
}
