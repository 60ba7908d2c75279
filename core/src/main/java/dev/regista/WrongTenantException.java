package dev.regista;

/**
 * An object of one tenant was to be changed, or referred to by another object, in a unit of work of another tenant, where
 * its id may be that of another row. Raised before the statement is sent.
 */
public final class WrongTenantException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the object's model.
     *
     * @param database the database's name
     * @param model the name of its model
     * @param tenant the tenant of the unit of work, in words
     */
    public WrongTenantException(String database, String model, String tenant) {
        super("In database '" + database + "', an object of " + model
                + " that comes from another tenant cannot be changed or referred to in a unit of work of " + tenant);
    }
}
