package dev.regista.migrations.fleet;

/** Told how a run of a fleet comes along. Must be safe for use by several threads; what it throws is logged. */
public interface FleetListener {
    /**
     * Called before the first schema.
     *
     * @param schemas how many there are
     */
    default void begin(int schemas) {}

    /**
     * Called when a schema is finished, in the thread that did it; also when there was nothing to do, or it was skipped.
     *
     * @param result what happened
     */
    void finished(SchemaResult result);
}
