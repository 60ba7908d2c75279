package dev.regista.neo4j;

import dev.regista.RegistaException;

/**
 * The connection to the server was lost while a unit of work committed: the server has either committed all of it or
 * nothing, and nobody here knows which. Never run again by {@link Neo4jDatabase#retrying(int)}. The cause is the driver's
 * failure.
 */
public final class OutcomeUnknownException extends RegistaException {
    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(String database, Throwable cause) {
        super(
                "The connection of database '" + database
                        + "' was lost while a unit of work committed; whether it was committed is not known",
                cause);
    }
}
