package dev.regista.migrations;

import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long do 200 tenants on PostgreSQL take, against Flyway in a loop? Three scripts; a first run, and one with nothing to do.
 * A look, not a benchmark: one process, after a warm-up of 20 tenants each.
 */
final class FlywayComparison {
    private static final int TENANTS = 200;
    private static final int WARM_UP = 20;

    private FlywayComparison() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("regista-comparison");
        Scripts scripts = new Scripts(folder)
                .with(
                        "main/tenant/V1__customer.sql",
                        "create table customer (id bigint generated always as identity primary key, name varchar(100) not"
                                + " null);")
                .with(
                        "main/tenant/V2__orders.sql",
                        "create table orders (id bigint generated always as identity primary key, customer bigint not null"
                                + " references customer, what text);\ncreate index orders_customer on orders (customer);")
                .with("main/tenant/V3__paid.sql", "alter table orders add column paid boolean not null default false;");
        flyway(scripts, WARM_UP);
        regista(scripts, WARM_UP, 1);
        double[] flyway = flyway(scripts, TENANTS);
        print("Flyway, one by one", flyway, flyway);
        for (int connections : new int[] {1, 2, 4}) {
            print("Regista, " + connections + " connections", regista(scripts, TENANTS, connections), flyway);
        }
        System.exit(0);
    }

    private static void print(String who, double[] times, double[] flyway) {
        System.out.printf(
                "%-24s first run %8.1f ms (%5.2f per tenant, %5.1f x)   nothing to do %8.1f ms (%6.3f per tenant, %5.1f x)%n",
                who,
                times[0],
                times[0] / TENANTS,
                flyway[0] / times[0],
                times[1],
                times[1] / TENANTS,
                flyway[1] / times[1]);
    }

    private static double[] flyway(Scripts scripts, int tenants) {
        try (TestDatabase server = TestServers.postgres().newDatabase();
                Store.Fresh fresh = Store.of(server)) {
            double[] times = new double[2];
            for (int run = 0; run < 2; run++) {
                long begin = System.nanoTime();
                for (int i = 0; i < tenants; i++) {
                    fresh.flyway()
                            .locations("filesystem:" + scripts.folder() + "/main/tenant")
                            .schemas("t" + i)
                            .load()
                            .migrate();
                }
                times[run] = millisSince(begin);
            }
            return times;
        }
    }

    private static double[] regista(Scripts scripts, int tenants, int connections) {
        try (TestDatabase server = TestServers.postgres().newDatabase();
                SqlDatabase database = Store.of(server).at().models(Note.class).build("main")) {
            database.connect();
            Fleets.createTenants(database, tenants);
            Migrations migrations = Migrations.of(database, scripts.settings());
            double[] times = new double[2];
            for (int run = 0; run < 2; run++) {
                long begin = System.nanoTime();
                migrations
                        .fleet()
                        .connections(connections)
                        .upgrade(Target.head())
                        .orThrow();
                times[run] = millisSince(begin);
            }
            return times;
        }
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
