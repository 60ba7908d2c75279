package dev.regista.model;

/** What happens when a model is added whose class, or whose name, is there already. */
public enum Collision {
    /** {@link dev.regista.ModelCollisionException}; nothing has changed. */
    FAIL,
    /** The one that is there stays, and the new one is not added. */
    KEEP,
    /** The new one takes its place. */
    REPLACE
}
