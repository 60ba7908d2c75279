package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Databases with many tenants. */
final class Tenants {
    private static final int MOST = 1_000;
    private static final String[] NAMES = new String[MOST];

    static {
        for (int i = 0; i < MOST; i++) {
            NAMES[i] = "tenant" + i;
        }
    }

    private Tenants() {}

    static String name(int number) {
        return NAMES[number];
    }

    /** Any of the first so many, each as often as the others. */
    static String any(int tenants) {
        return NAMES[ThreadLocalRandom.current().nextInt(tenants)];
    }

    /** Opens a database of which each tenant has as many items. */
    static SqlDatabase open(Target target, int tenants, int rows) throws Exception {
        SqlDatabase database =
                target.regista().tenantModels(Item.class).createTables(true).open("tenants");
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
