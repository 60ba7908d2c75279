package dev.regista.sql;

import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import org.jspecify.annotations.Nullable;

/**
 * The part of a database that a unit of work is in.
 *
 * @param schema where models are that name no schema and are no tenant models; null for the default
 * @param tenant whose rows the tenant models are; null for nobody's
 * @param tenantSchema where they are
 * @param tenantId so that a tenant which is created again is another one to Hibernate's generators and caches
 * @param isApart whether the tenant has a database of its own; then its schema is one of that
 * @param isTwin whether it is the same as another one and yet not equal to it
 */
record Route(
        @Nullable String schema,
        @Nullable String tenant,
        @Nullable String tenantSchema,
        long tenantId,
        boolean isApart,
        boolean isTwin) {
    static final Route SHARED = new Route(null, null, null, 0);

    Route(@Nullable String schema, @Nullable String tenant, @Nullable String tenantSchema, long tenantId) {
        this(schema, tenant, tenantSchema, tenantId, false, false);
    }

    static Route of(@Nullable String schema, @Nullable TenantInfo tenant) {
        return tenant == null
                ? new Route(schema, null, null, 0)
                : new Route(
                        schema,
                        tenant.name(),
                        tenant.schema(),
                        tenant.id(),
                        tenant.placement() == Placement.DATABASE,
                        false);
    }

    /** Returns the same route with the tenant models in another schema, or nowhere. */
    Route withTenantSchema(@Nullable String name) {
        return new Route(schema, tenant, name, tenantId, isApart, isTwin);
    }

    /** Returns the same route, but not an equal one. */
    Route twin() {
        return new Route(schema, tenant, tenantSchema, tenantId, isApart, !isTwin);
    }

    /** Returns a text that is equal for equal routes. No name has a quote in it. */
    @Override
    public String toString() {
        return "\"" + (schema == null ? "" : schema) + "\""
                + (tenant == null ? "" : tenantId + "\"" + tenantSchema + "\"");
    }
}
