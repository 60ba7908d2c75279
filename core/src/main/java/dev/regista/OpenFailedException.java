package dev.regista;

import org.jspecify.annotations.Nullable;

/**
 * A database could not be opened: server unreachable, wrong credentials, no answer within the time limit, a failing open
 * hook. The cause is the original one. Nothing of the failed attempt stays open.
 */
public final class OpenFailedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final String database;

    /**
     * For a registry, whose databases had opened.
     *
     * @param reason what failed; no secrets
     * @param cause the original failure
     */
    OpenFailedException(String reason, Throwable cause) {
        super("The registry could not be opened: " + reason, cause);
        this.database = "";
    }

    /**
     * Names the database and what was tried.
     *
     * @param database the database's name
     * @param reason what was tried and how it failed; no secrets
     * @param cause the original failure, if there is one
     */
    public OpenFailedException(String database, String reason, @Nullable Throwable cause) {
        super("Database '" + database + "' could not be opened: " + reason, cause);
        this.database = database;
    }

    /** Returns the name of the database that could not be opened; empty if it was the registry's own hook that failed. */
    public String database() {
        return database;
    }
}
