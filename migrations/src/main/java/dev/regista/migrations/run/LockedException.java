package dev.regista.migrations.run;

import java.time.Duration;

/** Another runner is at work in a schema, and did not end in time. */
public final class LockedException extends MigrationException {
    private static final long serialVersionUID = 1L;

    LockedException(Place place, Duration waited) {
        super("Another process migrates " + place + "; it was waited for " + waited.toSeconds() + " seconds", null);
    }
}
