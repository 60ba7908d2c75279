package dev.regista.migrations;

import dev.regista.sql.SqlDatabase;

/** Tenants without tables, in no time. */
final class Fleets {
    private Fleets() {}

    /** Creates tenants {@code t0}, {@code t1} and so on, on PostgreSQL. */
    static void createTenants(SqlDatabase database, int count) {
        Sql.execute(
                database,
                "insert into regista_tenant (name, schema_name, placement, state, created)"
                        + " select 't' || i, 't' || i, 'SCHEMA', 'ACTIVE', now() from generate_series(0, " + (count - 1)
                        + ") i;"
                        + " do $$ begin for i in 0.." + (count - 1)
                        + " loop execute 'create schema t' || i; end loop; end $$");
    }
}
