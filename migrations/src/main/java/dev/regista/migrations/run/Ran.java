package dev.regista.migrations.run;

import java.time.Duration;

/**
 * A step that has been run and committed.
 *
 * @param step the step
 * @param took how long it took
 */
public record Ran(Step step, Duration took) {}
