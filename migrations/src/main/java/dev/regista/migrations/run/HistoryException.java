package dev.regista.migrations.run;

/** The history could not be read or written, or a connection for it not be had. */
public final class HistoryException extends MigrationException {
    private static final long serialVersionUID = 1L;

    HistoryException(String what, Throwable cause) {
        super("Cannot " + what + ": " + words(cause), cause);
    }
}
