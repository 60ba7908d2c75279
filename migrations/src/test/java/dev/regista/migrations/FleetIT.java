package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Registry;
import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.fleet.SchemaResult;
import dev.regista.migrations.fleet.SchemaResult.Outcome;
import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.StatementLog;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many tenants, and several databases. */
@ExtendWith(LeakChecker.class)
class FleetIT {
    private static final int MANY = 1_000;
    private static final int CONNECTIONS = 4;

    @TempDir
    Path folder;

    @Test
    void ofAThousandTenantsABrokenOneIsNamedTheOthersAreDoneAndTheNextRunTouchesOne() {
        Scripts scripts = new Scripts(folder)
                .with("main/V1__shared.sql", "create table shared (id int primary key)")
                .with("main/tenant/V2__note.sql", "create table note (id bigint primary key, text varchar(50));")
                .with("main/tenant/V3__index.sql", "create index note_text on note (text);");
        try (TestDatabase server = TestServers.postgres().newDatabase();
                SqlDatabase database = Store.of(server).at().models(Note.class).build("main")) {
            database.connect();
            Fleets.createTenants(database, MANY);
            Sql.execute(database, "create table t500.note (in_the_way int)");
            Migrations migrations = Migrations.of(database, scripts.settings());

            FleetResult first = migrations.fleet().connections(CONNECTIONS).upgrade(Target.head());

            assertThat(first.with(Outcome.DONE)).hasSize(MANY);
            assertThat(first.failed()).singleElement().satisfies(failed -> {
                assertThat(failed.place()).isEqualTo(new Place("main", "t500", "t500"));
                assertThat(failed.failure())
                        .hasMessageContaining("V2__note.sql in tenant 't500' of database 'main' failed: ERROR: relation"
                                + " \"note\" already exists");
                assertThat(failed.ran()).isEmpty();
            });
            assertThat(migrations.fleet().skew().groups())
                    .extracting(group -> group.version().map(Object::toString).orElse("base") + " "
                            + group.places().size())
                    .containsExactly("1 1", "base 1", "3 999");

            Sql.execute(database, "drop table t500.note");
            FleetResult second = migrations.upgrade();
            assertThat(second.with(Outcome.DONE))
                    .extracting(SchemaResult::place)
                    .containsExactly(new Place("main", "t500", "t500"));

            FleetResult third = migrations.upgrade();
            assertThat(third.with(Outcome.UP_TO_DATE)).hasSize(MANY + 1);
            System.out.printf("first: %s%nsecond: %s%nnothing to do: %s%n", first, second, third);
            costsAHandfulOfStatements(server, migrations);
            assertThat(Sql.query(database, "select count(*) from pg_tables where tablename = 'note'"))
                    .containsExactly(String.valueOf(MANY));
        }
    }

    private static void costsAHandfulOfStatements(TestDatabase server, Migrations migrations) {
        try (StatementLog log = TestServers.postgres().recordStatements(server)) {
            assertThat(migrations.upgrade().with(Outcome.UP_TO_DATE)).hasSize(MANY + 1);
            List<String> statements = log.statements();
            // For each connection: two of the driver, two for what is there, one for each hundred schemas; and the
            // tenants.
            assertThat(statements).hasSizeLessThan(CONNECTIONS * (4 + MANY / CONNECTIONS / 100 + 1) + 5);
            assertThat(statements.stream().filter(sql -> sql.contains("pg_class")))
                    .as("one for each connection")
                    .hasSize(CONNECTIONS);
        }
    }

    @Test
    void ofTwoFleetsAtOnceEachTenantIsMigratedByOne() throws Exception {
        int tenants = 60;
        Scripts scripts = new Scripts(folder)
                .with("main/tenant/V2__note.sql", "create table note (id bigint primary key, text varchar(50));")
                .with("main/tenant/V3__index.sql", "create index note_text on note (text);");
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase one = fresh.at().models(Note.class).build("main");
                SqlDatabase two = fresh.at().models(Note.class).build("main")) {
            one.connect();
            Fleets.createTenants(one, tenants);
            two.connect();
            CyclicBarrier start = new CyclicBarrier(2);
            List<Future<FleetResult>> results = Stream.of(one, two)
                    .map(database -> executor.submit(() -> {
                        start.await();
                        return Migrations.of(database, scripts.settings()).upgrade();
                    }))
                    .toList();
            int steps = 0;
            for (Future<FleetResult> result : results) {
                steps += result.get().schemas().stream()
                        .mapToInt(each -> each.ran().size())
                        .sum();
            }
            assertThat(steps).isEqualTo(2 * tenants);
            Migrations.of(one, scripts.settings()).check();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void allDatabasesOfARegistryAreMigratedAndEachFromItsOwnFolder() {
        Scripts scripts = new Scripts(folder)
                .with("main/V1__main.sql", "create table main_table (id int)")
                .with("analytics/V1__analytics.sql", "create table analytics_table (id int)")
                .with("nobody/V1__nobody.sql", "create table nobody (id int)");
        try (Store.Fresh one = Store.H2.fresh();
                Store.Fresh two = Store.SQLITE.fresh();
                Registry registry = Registry.builder()
                        .main(one.at())
                        .extra("analytics", two.at())
                        .open()) {
            Migrations migrations = Migrations.of(registry, scripts.settings());

            FleetResult result = migrations.upgrade();

            assertThat(result.schemas())
                    .extracting(each -> each.place().database() + " " + each.outcome())
                    .containsExactly("main DONE", "analytics DONE");
            assertThat(Sql.query(
                            registry.database("analytics", SqlDatabase.class), "select count(*) from analytics_table"))
                    .containsExactly("0");
            assertThat(migrations.database("analytics").current()).hasSize(1);
            migrations.check();
        }
    }
}
