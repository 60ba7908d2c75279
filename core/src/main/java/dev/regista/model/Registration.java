package dev.regista.model;

/** Something that has been registered, for undoing that. Safe for use by several threads. */
@FunctionalInterface
public interface Registration {
    /** Takes it back. Calls that are under way are not waited for. A second time does nothing. */
    void unregister();
}
