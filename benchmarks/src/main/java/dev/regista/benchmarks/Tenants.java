package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Databases with many tenants. */
final class Tenants {
    private static final int MOST = 10_000;
    private static final String[] NAMES = new String[MOST];

    static {
        for (int i = 0; i < MOST; i++) {
            NAMES[i] = "tenant" + i;
        }
    }

    /** How many in a transaction: each holds locks. */
    private static final int COPIES = 500;

    private static final String COPY = """
            do $$
            begin
                for i in %d..%d loop
                    execute format('create schema tenant%%s', i);
                    execute format('create sequence tenant%%s.Item_SEQ increment by 50', i);
                    execute format('create table tenant%%s.Item (like tenant0.Item including all)', i);
                    execute format('insert into tenant%%s.Item select * from tenant0.Item', i);
                    insert into regista_tenant (name, schema_name, placement, state, created)
                        select 'tenant' || i, 'tenant' || i, placement, state, created
                        from regista_tenant where name = 'tenant0';
                end loop;
            end $$""";

    private Tenants() {}

    static String name(int number) {
        return NAMES[number];
    }

    /** Any of the first so many, each as often as the others. */
    static String any(int tenants) {
        return NAMES[ThreadLocalRandom.current().nextInt(tenants)];
    }

    /** Opens a database, whatever tenants it has. */
    static SqlDatabase open(Target target) {
        return target.regista().tenantModels(Item.class).createTables(true).open("tenants");
    }

    /** Makes tenants with as many items each: the first by its name, the others as copies, in a tenth of the time. */
    static void fill(Target target, int tenants, int rows) throws Exception {
        SqlDatabase database = open(target);
        database.tenants().create(name(0));
        database.disconnect();
        target.execute(Item.rows(name(0), rows));
        for (int from = 1; from < tenants; from += COPIES) {
            target.execute(COPY.formatted(from, Math.min(from + COPIES, tenants) - 1));
        }
        target.execute(
                "vacuum analyze pg_namespace, pg_class, pg_attribute, pg_index, pg_constraint, pg_depend, pg_type,"
                        + " regista_tenant");
    }

    /** Opens a database of which each tenant has as many items. */
    static SqlDatabase open(Target target, int tenants, int rows) throws Exception {
        SqlDatabase database = open(target);
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            // Several JVMs may work on one database, one after the other.
            if (!database.tenants().exists(name(i))) {
                database.tenants().create(name(i));
                statements.add(Item.rows(name(i), rows));
            }
        }
        statements.add("vacuum analyze");
        target.execute(statements);
        return database;
    }
}
