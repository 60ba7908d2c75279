package dev.regista.sql.tenancy;

import dev.regista.RegistaException;

/** A tenant cannot be created, because there is one of that name, or one that has its schema. Nothing has changed. */
public final class TenantExistsException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the tenant.
     *
     * @param tenant the name that was asked for
     * @param database the database's name
     * @param cause the database's refusal
     */
    public TenantExistsException(String tenant, String database, Throwable cause) {
        super(
                "There is a tenant named '" + tenant + "' in database '" + database + "', or one that has its schema",
                cause);
    }
}
