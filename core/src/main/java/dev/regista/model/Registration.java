package dev.regista.model;

/** A callback that has been registered. Safe for use by several threads. */
@FunctionalInterface
public interface Registration {
    /**
     * Ends it. What the callback has changed stays. Unregistering again does nothing. Who hands it out says whether calls
     * that are under way are waited for; without a word, they are not.
     *
     * @return whether it was still registered
     */
    boolean unregister();
}
