package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.run.Problem;
import dev.regista.migrations.run.SchemaState;
import dev.regista.migrations.run.Target;
import dev.regista.migrations.run.ValidationException;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.SqlDatabaseBuilder;
import dev.regista.testing.LeakChecker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The process that migrates is killed. {@code -Dregista.kills=20} is the long form. */
@ExtendWith(LeakChecker.class)
class KillIT {
    private static final int KILLS = Integer.getInteger("regista.kills", 5);
    private static final int TENANTS = 30;
    private static final int VERSIONS = 5;
    private static final int LONGEST_LIFE = 700;

    @TempDir
    Path folder;

    /** Migrates up and down for ever. */
    static final class Victim {
        public static void main(String[] arguments) {
            Scripts scripts = new Scripts(Path.of(arguments[3]));
            SqlDatabaseBuilder builder =
                    SqlDatabase.at(arguments[0]).user(arguments[1]).password(arguments[2]);
            SqlDatabase database =
                    (arguments[0].contains("postgresql") ? builder.models(Note.class) : builder).build("main");
            database.connect();
            Migrations migrations = Migrations.of(database, scripts.settings());
            System.out.println("ready");
            while (true) {
                migrations.upgrade();
                migrations.downgrade(Target.base());
            }
        }
    }

    @Test
    void everySchemaIsWhollyAtAVersionAndTheNextRunFinishes() throws Exception {
        Scripts scripts = new Scripts(folder);
        for (int i = 1; i <= VERSIONS; i++) {
            String first = "a" + i;
            String second = "b" + i;
            scripts.with(
                    "main/tenant/V" + i + "__step.sql",
                    "create table " + first + " (id int); select pg_sleep(0.002); create table " + second
                            + " (id int);");
            scripts.with("main/tenant/U" + i + "__step.sql", "drop table " + first + "; drop table " + second + ";");
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database = fresh.at().models(Note.class).build("main")) {
            database.connect();
            Fleets.createTenants(database, TENANTS);
            Migrations migrations = Migrations.of(database, scripts.settings());
            int midway = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                startAndKill(fresh, random.nextInt(LONGEST_LIFE));
                awaitAlone(database);
                List<SchemaState> states = migrations.tenants().fleet().states();
                midway += states.stream().map(SchemaState::current).distinct().count() > 1 ? 1 : 0;
                assertThat(states).as("seed %d, kill %d", seed, kill).allSatisfy(state -> isWhole(database, state));
            }
            System.out.printf("%d kills, %d of them midway%n", KILLS, midway);
            assertThat(migrations.upgrade().isComplete()).isTrue();
            migrations.check();
        }
    }

    private static void isWhole(SqlDatabase database, SchemaState state) {
        int version =
                state.current().map(each -> Integer.parseInt(each.toString())).orElse(0);
        List<String> expected = Stream.of("a", "b")
                .flatMap(letter -> IntStream.rangeClosed(1, version).mapToObj(i -> letter + i))
                .toList();
        assertThat(state.problems()).isEmpty();
        assertThat(Sql.query(
                        database,
                        "select tablename from pg_tables where schemaname = '"
                                + state.place().schema() + "' and tablename ~ '^[ab][0-9]$' order by 1"))
                .containsExactlyElementsOf(expected);
    }

    /** The server ends what a dead client has begun. */
    private static void awaitAlone(SqlDatabase database) {
        String others = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type"
                + " is distinct from 'Client' and pid <> pg_backend_pid()";
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Sql.query(database, others).equals(List.of("0")));
    }

    private void startAndKill(Store.Fresh fresh, int lifeInMillis) throws IOException, InterruptedException {
        Process process = start(fresh, Victim.class);
        try {
            awaitReady(process);
            // A time limit, not a pause: the victim does not end by itself.
            assertThat(process.waitFor(lifeInMillis, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(Store.Fresh fresh, Class<?> main) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName(),
                        fresh.url(),
                        fresh.user(),
                        fresh.password(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitReady(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("ready")) {
                return;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("The victim ended by itself:\n" + all);
    }

    @Test
    void onMariaDbTheStatementThatWasUnderWayIsNamed() throws Exception {
        Scripts scripts = new Scripts(folder)
                .with(
                        "main/V1__one.sql",
                        "create table one (id int);\ninsert into one values (1);\ndo sleep(600);\ncreate table two (id int);");
        try (Store.Fresh fresh = Store.MARIADB.fresh();
                SqlDatabase database = fresh.at().build("main")) {
            database.connect();
            Process process = start(fresh, Victim.class);
            try {
                awaitReady(process);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !sleeping(database).isEmpty());
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            // The server does not look whether its client lives while it sleeps.
            sleeping(database).forEach(id -> Sql.execute(database, "kill " + id));

            FleetResult next =
                    Migrations.of(database, scripts.settings()).fleet().upgrade(Target.head());

            assertThat(next.failed())
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.failure())
                            .isInstanceOfSatisfying(
                                    ValidationException.class,
                                    e -> assertThat(e.problems())
                                            .singleElement()
                                            .extracting(Problem.Unfinished.class::cast)
                                            .satisfies(problem -> {
                                                assertThat(problem.statement()).isEqualTo(3);
                                                assertThat(problem.statements()).isEqualTo(4);
                                                assertThat(problem.refused()).isNull();
                                            }))
                            .hasMessageContaining(
                                    "V1__one.sql stopped half way in database 'main': statements 1 to 2 of 4 have"
                                            + " been done, statement 3 was under way when the run ended"));
        }
    }

    private static List<String> sleeping(SqlDatabase database) {
        return Sql.query(
                database,
                "select id from information_schema.processlist where db = database() and info like 'do sleep%'");
    }
}
