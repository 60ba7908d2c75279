package dev.regista.sql.signal;

import java.util.List;

/**
 * Links of an object to others are written by the session of a unit of work: a many-to-many collection, on the side that owns it. Hibernate cannot leave
 * this out; a listener that does not want it throws.
 *
 * @param <T> the model that owns the collection
 */
public interface RelationChange<T> extends Signal {
    /** Returns the object that has the collection. */
    T owner();

    /** Returns the name of the collection. */
    String attribute();

    /** Returns the objects to which links are added. If the collection as a whole was replaced, all that are in it. */
    List<Object> added();

    /**
     * Returns the objects to which links are removed. If the collection as a whole was replaced, all that were in it; a
     * call for what is added follows.
     */
    List<Object> removed();

    /** Whether {@link #removed()} is known: not if the collection was never read before it went. */
    boolean isKnown();
}
