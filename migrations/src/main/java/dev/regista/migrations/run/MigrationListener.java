package dev.regista.migrations.run;

/** Told of every step. Called in the thread that runs the step; must be safe for use by several threads. */
public interface MigrationListener {
    /**
     * Called before a step, when nothing of it has been sent. What it throws fails the step.
     *
     * @param step what is about to run
     */
    default void before(Step step) {}

    /**
     * Called after a step has been committed. What it throws is logged: the step has happened.
     *
     * @param ran what has run
     */
    default void after(Ran ran) {}

    /**
     * Called after a step has failed. What it throws is suppressed onto the failure.
     *
     * @param step what failed
     * @param failure why
     */
    default void failed(Step step, Throwable failure) {}
}
