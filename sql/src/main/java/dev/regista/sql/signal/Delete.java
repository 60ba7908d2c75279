package dev.regista.sql.signal;

/**
 * One object's row is removed. By a session, the listeners before it are called when it is asked to remove the object,
 * also by a cascade or as an orphan, and those after it when the row has been removed. What the database removes by
 * itself ({@code on delete cascade}) is not seen.
 *
 * @param <T> the model
 */
public interface Delete<T> extends Signal {
    /** Returns the object. */
    T entity();

    /** Returns the id. */
    Object id();

    /**
     * Leaves the object and its row as they are, and what would be removed with it. Listeners that come later are not
     * called before, but all are afterwards.
     *
     * @throws IllegalStateException if it has been removed already
     */
    void skip();

    /** Whether a listener has skipped it. */
    boolean isSkipped();
}
