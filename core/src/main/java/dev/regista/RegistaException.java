package dev.regista;

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions that Regista itself raises. Unchecked. What the application's own work, a driver or an ORM
 * throws inside a unit of work is never wrapped in one of these: it reaches the caller as it was thrown.
 *
 * <p>Messages name what was asked and what exists, and never contain a secret.
 */
public abstract class RegistaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * For subclasses.
     *
     * @param message what was asked, what exists, what to do; no secrets
     */
    protected RegistaException(String message) {
        super(message);
    }

    /**
     * For subclasses.
     *
     * @param message what was asked, what exists, what to do; no secrets
     * @param cause what led to it, if anything did
     */
    protected RegistaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
