package dev.regista.sql;

import dev.regista.sql.tenancy.TenantInfo;

/**
 * Fills the schema, or the database, of a new tenant, in place of the tables of the tenant models: with migrations, for example.
 *
 * <p>Called when the tenant's row and its empty schema have been committed, before anyone can use the tenant. Whatever it
 * throws undoes the creation. Must be safe for use by several threads.
 */
@FunctionalInterface
public interface TenantSetup {
    /**
     * Fills the schema.
     *
     * @param database the tenant's database, open
     * @param tenant the tenant, which is {@link dev.regista.sql.tenancy.TenantState#CREATING}; units of work in it are refused
     * @throws Exception to say that the tenant cannot be created
     */
    void setUp(SqlDatabase database, TenantInfo tenant) throws Exception;
}
