package dev.regista.sql.signal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object is written to its row.
 *
 * @param <T> the model
 */
public interface Save<T> extends Signal {
    /** Returns {@link Operation#INSERT}, {@link Operation#UPDATE} or {@link Operation#UPSERT}. */
    Operation operation();

    /** Returns the object. */
    T entity();

    /** Returns the id, or empty while the database has not given it: before an insert into an identity column. */
    Optional<Object> id();

    /**
     * Returns the attributes that change, by name: of an insert all, of an update those that differ from what was read, or
     * all if that is not known. Collections are not among them; see {@link RelationChange}.
     */
    Map<String, Change> changes();

    /**
     * Changes a value before it is written, in the object and in what is sent. To set the field of the object alone has
     * no effect on the row.
     *
     * @param attribute an attribute of the model; not the id, not the version, not a collection
     * @throws IllegalArgumentException if there is no such attribute
     * @throws IllegalStateException if it has been written already
     * @throws dev.regista.NotSupportedException if the model has {@code @DynamicUpdate} and the attribute has not changed
     *     otherwise: Hibernate would leave it out
     */
    void set(String attribute, @Nullable Object value);

    /**
     * Leaves the row as it is. Listeners that come later are not called before, but all are afterwards. Of an insert, the
     * session lets go of the object when it has been flushed, as {@code detach} does; an object that is not updated keeps its values, and is asked about again at the next
     * flush. Rows of its collections, and other objects, are not left out with it.
     *
     * @throws IllegalStateException if it has been written already
     * @throws dev.regista.NotSupportedException for an insert by a session, if the database gives the id or the object has
     *     elements in collections of its own: Hibernate cannot leave those out
     */
    void skip();

    /** Whether a listener has skipped it. */
    boolean isSkipped();
}
