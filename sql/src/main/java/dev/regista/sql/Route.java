package dev.regista.sql;

import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of a database that a unit of work is in.
 *
 * @param schema where models are that name no schema and are no tenant models; null for the default
 * @param schemaAge how often a schema of that name has been dropped here, so that one that is created again is another one
 *     to Hibernate's generators and caches
 * @param tenant whose rows the tenant models are; null for nobody's
 * @param tenantSchema where they are
 * @param tenantId so that a tenant which is created again is another one to Hibernate's generators and caches
 * @param tenantBorn when it was created, in microseconds: where the catalogue itself is created again, ids are too
 * @param isApart whether the tenant has a database of its own; then its schema is one of that
 * @param isTwin means nothing but that a route is not equal to its twin: Hibernate refuses a child session with exactly
 *     the tenant of its parent
 */
record Route(
        @Nullable String schema,
        long schemaAge,
        @Nullable String tenant,
        @Nullable String tenantSchema,
        long tenantId,
        long tenantBorn,
        boolean isApart,
        boolean isTwin) {
    static final Route SHARED = new Route(null, 0, null, null, 0, 0, false, false);

    static Route of(@Nullable String schema, long schemaAge, @Nullable TenantInfo tenant) {
        return tenant == null
                ? new Route(schema, schemaAge, null, null, 0, 0, false, false)
                : new Route(
                        schema,
                        schemaAge,
                        tenant.name(),
                        tenant.schema(),
                        tenant.id(),
                        born(tenant),
                        tenant.placement() == Placement.DATABASE,
                        false);
    }

    static Route of(TenantInfo tenant) {
        return of(null, 0, tenant);
    }

    private static long born(TenantInfo tenant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, tenant.created());
    }

    /** Whether it is the same tenant, and not another one of its name or id. */
    boolean isOfTenantOf(Route other) {
        return tenantId == other.tenantId && tenantBorn == other.tenantBorn;
    }

    /** Returns the same route with the tenant models in another schema, or nowhere. */
    Route withTenantSchema(@Nullable String name) {
        return new Route(schema, schemaAge, tenant, name, tenantId, tenantBorn, isApart, isTwin);
    }

    /** Returns the same route, but not an equal one. */
    Route twin() {
        return new Route(schema, schemaAge, tenant, tenantSchema, tenantId, tenantBorn, isApart, !isTwin);
    }

    /** Returns a text that is equal for equal routes. No name has a quote in it. */
    @Override
    public String toString() {
        return "\"" + (schema == null ? "" : schema) + "\"" + schemaAge
                + (tenant == null ? "" : "\"" + tenantId + "\"" + tenantBorn + "\"" + tenantSchema + "\"");
    }
}
