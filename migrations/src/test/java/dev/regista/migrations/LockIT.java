package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.fleet.SchemaResult;
import dev.regista.migrations.run.JavaMigration;
import dev.regista.migrations.run.LockedException;
import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two runners in one schema, each with its own database object, as in two processes. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class LockIT {
    private static final int ROUNDS = 4;

    @Parameter
    Store store;

    @TempDir
    Path folder;

    private Scripts scripts;
    private Store.Fresh fresh;
    private List<SqlDatabase> databases;
    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    @BeforeEach
    void open() {
        scripts = new Scripts(folder)
                .with("main/V1__one.sql", "create table one (id int primary key, text varchar(50));")
                .with("main/U1__one.sql", "drop table one;")
                .with("main/V2__two.sql", "create table two (id int primary key);\ninsert into two values (1);")
                .with("main/U2__two.sql", "drop table two;");
        fresh = store.fresh();
        databases = Stream.of(1, 2)
                .map(i -> fresh.at().connectTimeout(Duration.ofSeconds(2)).build("main"))
                .toList();
        databases.forEach(SqlDatabase::connect);
    }

    @AfterEach
    void close() {
        executor.shutdown();
        databases.forEach(SqlDatabase::disconnect);
        fresh.close();
    }

    @Test
    void ofTwoAtOnceEachMigrationIsRunByOne() throws Exception {
        if (store == Store.POSTGRES) {
            scripts.with(
                    "main/V3__index.sql",
                    "-- regista: no transaction\ncreate index concurrently one_text on one (text);");
            scripts.with("main/U3__index.sql", "-- regista: no transaction\ndrop index concurrently one_text;");
        }
        int count = store == Store.POSTGRES ? 3 : 2;
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(steps(both(migrations -> migrations.upgrade()))).isEqualTo(count);
            Migrations.of(databases.get(0), scripts.settings()).check();
            assertThat(steps(both(migrations -> migrations.downgrade(Target.base()))))
                    .isEqualTo(count);
        }
        assertThat(Migrations.of(databases.get(0), scripts.settings())
                        .history()
                        .values()
                        .iterator()
                        .next())
                .hasSize(2 * ROUNDS * count);
    }

    private static int steps(List<FleetResult> results) {
        return results.stream()
                .flatMap(result -> result.schemas().stream())
                .map(SchemaResult::ran)
                .mapToInt(List::size)
                .sum();
    }

    private interface Run {
        FleetResult run(Migrations migrations);
    }

    private List<FleetResult> both(Run run) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<FleetResult>> futures = databases.stream()
                .map(database -> executor.submit(() -> {
                    start.await();
                    return run.run(Migrations.of(database, scripts.settings()));
                }))
                .toList();
        return List.of(futures.get(0).get(), futures.get(1).get());
    }

    /** Says when it runs, and ends when it may. */
    private static final class Slow implements JavaMigration {
        private final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        @Override
        public String version() {
            return "3";
        }

        @Override
        public String description() {
            return "slow";
        }

        @Override
        public void up(Connection connection) throws Exception {
            running.countDown();
            mayEnd.await();
        }
    }

    @Test
    void whoWaitsTooLongSaysSo() throws Exception {
        Slow slow = new Slow();
        Future<FleetResult> first = executor.submit(() -> Migrations.of(
                        databases.get(0), scripts.builder().javaMigrations(slow).build())
                .upgrade());
        slow.running.await();
        try {
            FleetResult impatient = Migrations.of(
                            databases.get(1),
                            scripts.builder()
                                    .javaMigrations(slow)
                                    .lockTimeout(Duration.ofMillis(100))
                                    .build())
                    .fleet()
                    .upgrade(Target.head());
            assertThat(impatient.failed())
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.failure())
                            .isInstanceOf(LockedException.class)
                            .hasMessageContaining("Another process migrates database 'main'"));
        } finally {
            slow.mayEnd.countDown();
        }
        assertThat(first.get().isComplete()).isTrue();
        Migrations.of(databases.get(1), scripts.builder().javaMigrations(slow).build())
                .check();
    }
}
