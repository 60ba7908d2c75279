package dev.regista.model;

/** A callback that has been registered. Safe for use by several threads. */
@FunctionalInterface
public interface Registration {
    /**
     * Ends it. When this returns, the callback is not running for a model on another thread and will not be called again.
     * What it has changed stays. Unregistering again does nothing.
     *
     * @return whether the callback was still waiting for models
     */
    boolean unregister();
}
