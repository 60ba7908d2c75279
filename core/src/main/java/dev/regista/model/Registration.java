package dev.regista.model;

/** Something that has been registered, for undoing that. Safe for use by several threads. */
@FunctionalInterface
public interface Registration {
    /**
     * Ends it: nothing is told from now on. What it has changed stays. A callback for models is not running on another
     * thread when this returns; calls of other listeners that are under way are not waited for. A second time does nothing.
     *
     * @return whether it was still registered; not so a callback that has had its one call
     */
    boolean unregister();
}
