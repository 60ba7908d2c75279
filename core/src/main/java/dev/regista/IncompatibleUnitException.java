package dev.regista;

/**
 * A unit of work was begun inside another one on the same database that cannot give it what it asks for, such as writing
 * inside a read. Raised before anything is sent. {@link Units#requiresNew()} begins an independent unit instead.
 */
public final class IncompatibleUnitException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the database and the conflict.
     *
     * @param database the database's name
     * @param conflict what was asked for and what the surrounding unit is
     */
    public IncompatibleUnitException(String database, String conflict) {
        super("On database '" + database + "', " + conflict + ". Use requiresNew() for a unit of its own.");
    }
}
