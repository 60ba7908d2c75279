package dev.regista.sql;

import dev.regista.RegistaException;

/** Creating or dropping tables or schemas failed. The message has the statement and the database's own words. */
public final class SchemaException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the database and the statement.
     *
     * @param database the database's name
     * @param statement what was sent
     * @param cause the database's refusal
     */
    public SchemaException(String database, String statement, Throwable cause) {
        super(
                "On database '" + database + "', this statement failed: " + statement + " — " + cause.getMessage(),
                cause);
    }
}
