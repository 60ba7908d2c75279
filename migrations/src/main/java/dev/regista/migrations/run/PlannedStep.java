package dev.regista.migrations.run;

/**
 * A step that would be run.
 *
 * @param step the step
 * @param sql what would be sent, with what goes into the history; for a program of the database's own, such as psql
 */
public record PlannedStep(Step step, String sql) {}
