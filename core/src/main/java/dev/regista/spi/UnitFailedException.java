package dev.regista.spi;

import dev.regista.RegistaException;

/** A checked exception that a driver threw while a unit of work was begun or ended; the cause is that exception. */
public final class UnitFailedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    UnitFailedException(String database, String doing, Exception cause) {
        super("The unit of work on database '" + database + "' failed to " + doing + ": " + cause.getMessage(), cause);
    }
}
