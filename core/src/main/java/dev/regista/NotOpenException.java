package dev.regista;

/** A database was used that is not open. Nothing opens by accident: connect it, or the registry that has it, first. */
public final class NotOpenException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final String database;

    /**
     * Names the database and where it is in its life cycle.
     *
     * @param database the database's name
     * @param status its status, which is not {@link Database.Status#OPEN}
     */
    public NotOpenException(String database, Database.Status status) {
        super("Database '" + database + "' is not open, it is " + status.name().toLowerCase(java.util.Locale.ROOT)
                + ". Connect it, or the registry that has it, first.");
        this.database = database;
    }

    /** Returns the name of the database that is not open. */
    public String database() {
        return database;
    }
}
