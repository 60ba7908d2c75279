package dev.regista;

/** A tenant that exists and is not to be used now: suspended, or not completely created or dropped. */
public final class TenantSuspendedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final String tenant;
    private final String database;

    /**
     * Names the tenant and its state.
     *
     * @param tenant its name
     * @param database the database's name
     * @param state what it is in place of active
     */
    public TenantSuspendedException(String tenant, String database, String state) {
        super("The tenant '" + tenant + "' of database '" + database + "' is " + state);
        this.tenant = tenant;
        this.database = database;
    }

    /** Returns the name of the tenant. */
    public String tenant() {
        return tenant;
    }

    /** Returns the name of the database. */
    public String database() {
        return database;
    }
}
