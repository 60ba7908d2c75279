package dev.regista.sql.tenancy;

import java.util.List;
import java.util.Optional;

/**
 * The tenants of one database: each has a schema with tables of its own for the {@linkplain TenantModel tenant models}. A
 * table in the shared schema ({@code regista_tenant}) lists them.
 *
 * <p>The list is read when the database is opened, and kept in memory, so that looking a tenant up costs nothing. What this
 * process changes it knows at once; what others change, after {@link #refresh()}.
 *
 * <p>Safe for use by several threads. Every method throws {@link dev.regista.NotOpenException} if the database is not open.
 */
public interface Tenants {
    /**
     * Creates a tenant: its row, its schema, its tables, or what a {@link dev.regista.sql.TenantSetup} makes in their place.
     * In one transaction on PostgreSQL, if there is no such setup. Elsewhere, what a failure leaves
     * is undone again; a process that dies on the way leaves a tenant that is {@link TenantState#CREATING}. Commits on its
     * own, whatever unit of work is under way.
     *
     * <p>With {@linkplain TenantDatabases databases of their own}, its row, its database and its tables. On H2, where a
     * database is created by connecting to it, one that has tables already is refused.
     *
     * <p>If a hook that is told of it fails, the tenant is dropped again.
     *
     * @param name its name, which is also that of its schema: 1 to 63 bytes, no quotes, no control characters; or of
     *     its database: 1 to 63 of a to z, 0 to 9, _ and -, the first of them a letter
     * @throws TenantExistsException if there is one of that name; of several that create it at the same time, exactly one
     *     succeeds
     * @throws IllegalArgumentException if the name cannot be that of a tenant's schema, or is that of the shared one
     * @throws dev.regista.sql.SchemaException if its schema or its tables cannot be created; then there is no tenant
     */
    TenantInfo create(String name);

    /**
     * Creates a tenant as {@link #create}, if there is none of that name. One that this process knows costs nothing; one that
     * another process has created is known here from then on, in whatever state.
     *
     * @return whether it was created
     * @throws TenantExistsException if there is none of that name, but one that has its schema
     * @throws IllegalArgumentException as {@link #create}
     * @throws dev.regista.sql.SchemaException as {@link #create}
     */
    default boolean createIfAbsent(String name) {
        if (exists(name)) {
            return false;
        }
        try {
            create(name);
            return true;
        } catch (TenantExistsException e) {
            refresh();
            if (exists(name)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Drops a tenant, with its schema and everything in it: the row first, so that nobody finds it, then the schema; in one
     * transaction on PostgreSQL. Irreversible. Units of work that are in it fail at their next statement.
     *
     * @throws dev.regista.UnknownTenantException if there is none of that name
     * @throws dev.regista.sql.SchemaException if the schema cannot be dropped, such as because a transaction that uses it
     *     does not end within five seconds; on PostgreSQL nothing has changed then, elsewhere the tenant is
     *     {@link TenantState#DROPPING}
     */
    void drop(String name);

    /**
     * Gives a tenant another name. Its schema or database keeps its own, which nobody else can have meanwhile; rows and ids
     * stay. Units of work that are in it go on. One round trip, and a commit.
     *
     * @param newName the name from now on
     * @throws dev.regista.UnknownTenantException if there is none of that name
     * @throws TenantExistsException if there is one of the new name; nothing has changed
     * @throws IllegalArgumentException if the new name cannot be that of a tenant
     */
    TenantInfo rename(String name, String newName);

    /**
     * Forbids the use of a tenant: units of work that begin later are refused; those under way may end. One that is
     * suspended already stays so.
     *
     * @throws dev.regista.UnknownTenantException if there is none of that name
     * @throws dev.regista.TenantSuspendedException if it is being created or dropped
     */
    void suspend(String name);

    /**
     * Allows the use of a suspended tenant again. One that is active already stays so.
     *
     * @throws dev.regista.UnknownTenantException if there is none of that name
     * @throws dev.regista.TenantSuspendedException if it is being created or dropped
     */
    void resume(String name);

    /** Returns all tenants, by name. No round trip. */
    List<TenantInfo> list();

    /** Returns a tenant, if there is one of that name. No round trip. */
    Optional<TenantInfo> find(String name);

    /** Returns whether there is a tenant of that name. No round trip. */
    default boolean exists(String name) {
        return find(name).isPresent();
    }

    /** Reads the list again, for what other processes have changed. One round trip. */
    void refresh();
}
