package dev.regista;

import org.jspecify.annotations.Nullable;

/**
 * A database that need not be up ({@code required(false)}) was used while its server could not be reached. It is tried
 * again in the background; the cause is why the last attempt failed.
 */
public final class DatabaseDownException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final String database;

    /**
     * Names the database.
     *
     * @param database the database's name
     * @param lastFailure why the last attempt to open it failed
     */
    public DatabaseDownException(String database, @Nullable Throwable lastFailure) {
        super("Database '" + database + "' is down; it is tried again in the background.", lastFailure);
        this.database = database;
    }

    /** Returns the name of the database that is down. */
    public String database() {
        return database;
    }
}
