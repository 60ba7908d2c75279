package dev.regista;

/**
 * A close hook, or closing the database itself, failed. The database counts as closed all the same, and so does every
 * other one that was closed with it. The cause is the original failure.
 */
public final class CloseFailedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Names what was closed.
     *
     * @param subject what was closed, such as {@code database 'main'}
     * @param cause the original failure
     */
    public CloseFailedException(String subject, Throwable cause) {
        super("Closing " + subject + " failed: " + cause, cause);
    }
}
