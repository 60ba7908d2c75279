package dev.regista.sql.tenancy;

import java.time.Instant;

/**
 * A tenant, as the catalogue has it. A look at a moment; immutable.
 *
 * @param id never used twice, not even by a tenant of the same name later
 * @param name its name; unique
 * @param schema its schema; or, with a database of its own, what the URL of that has for {@code {tenant}}; unique
 * @param placement which of the two it is
 * @param state what may be done with it
 * @param created when it was created
 */
public record TenantInfo(
        long id, String name, String schema, Placement placement, TenantState state, Instant created) {}
