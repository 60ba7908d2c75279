package dev.regista.model;

/** How often a callback is called. */
public enum Times {
    /** For the first model that it matches; if any are there already, for all of those. */
    ONCE,
    /** For each model that it matches, each time it is added. */
    ALWAYS
}
