package dev.regista.sql;

import dev.regista.sql.tenancy.TenantInfo;

/** Called when a tenant has been created or dropped, in the thread that did it. */
@FunctionalInterface
public interface TenantHook {
    /**
     * Is called.
     *
     * @param database the tenant's database, open
     * @param tenant the tenant
     */
    void run(SqlDatabase database, TenantInfo tenant);
}
