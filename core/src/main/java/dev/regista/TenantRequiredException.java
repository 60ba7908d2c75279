package dev.regista;

/** A unit of work without a tenant used something that each tenant has its own of. Raised before the statement is sent. */
public final class TenantRequiredException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final String database;

    /**
     * Names what was used.
     *
     * @param database the database's name
     * @param used the table or other object
     */
    public TenantRequiredException(String database, String used) {
        super("In database '" + database + "', each tenant has its own '" + used
                + "', and no tenant is stated: use tenant(..) or Tenant.of(..)");
        this.database = database;
    }

    /** Returns the name of the database. */
    public String database() {
        return database;
    }
}
