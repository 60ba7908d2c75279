package dev.regista.sql.signal;

/** Registers listeners. */
@FunctionalInterface
public interface SignalSetup {
    /**
     * Is called once, when the database is built.
     *
     * @param signals those of the database, which is not open
     */
    void register(Signals signals);
}
