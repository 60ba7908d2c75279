package dev.regista.migrations.run;

import org.jspecify.annotations.Nullable;

/**
 * A schema with a history of its own: the shared one of a database, or that of a tenant.
 *
 * @param database the database's name in the registry
 * @param schema the schema's name; empty on SQLite, and for a tenant that has a database of its own
 * @param tenant the tenant's name; null for the shared schema
 */
public record Place(
        String database, String schema, @Nullable String tenant) {
    /** Whether it is the shared schema. */
    public boolean isShared() {
        return tenant == null;
    }

    /** Returns it in words, such as {@code tenant 'acme' of database 'main'}. */
    @Override
    public String toString() {
        return (tenant == null ? "" : "tenant '" + tenant + "' of ") + "database '" + database + "'";
    }
}
