package dev.regista.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.benchmarks.model.Row;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.StatementLog;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every contestant does what it says it does, and sends what its documentation lets one expect: a figure that compares
 * different things would be worth nothing.
 */
@ExtendWith(LeakChecker.class)
class ContestIT {
    /** What the driver sends on each new connection; pools open theirs whenever they like. */
    private static final Pattern OPENING =
            Pattern.compile("set (extra_float_digits|application_name)", Pattern.CASE_INSENSITIVE);

    private static final int FLEET = 3;

    /** Columns, indexes, constraints and the histories, of all schemas. */
    private static final String FLEET_CONTENT = """
            select concat_ws(' ', table_schema, table_name, column_name, data_type, column_default, is_nullable)
            from information_schema.columns
            where table_schema like 'tenant%' and table_name <> 'flyway_schema_history'
            union all select indexdef from pg_indexes where schemaname like 'tenant%'
            union all select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where connamespace::regnamespace::text like 'tenant%'
            union all select 'tenant0 ' || (to_jsonb(h) - 'installed_on' - 'execution_time')::text
            from tenant0.flyway_schema_history h
            union all select 'tenant2 ' || (to_jsonb(h) - 'installed_on' - 'execution_time')::text
            from tenant2.flyway_schema_history h
            order by 1
            """;

    private final TestDatabase database = TestServers.postgres().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void toFindAnEntityEachSendsOneSelectAndATransactionWhereItSaysSo() throws Exception {
        Map<String, List<String>> sent = sent(new FindBenchmark());

        assertThat(sent)
                .containsEntry("regista read", List.of("select"))
                .containsEntry("jdbc", List.of("select"))
                .containsEntry("jdbi", List.of("select"))
                .containsEntry("ebean", List.of("select"))
                .containsEntry("ebean transaction", List.of("begin", "select", "commit"))
                .containsEntry("regista call", List.of("begin", "select", "commit"))
                .containsEntry("jdbc transaction", List.of("begin", "select", "commit"))
                .containsEntry("hibernate", List.of("begin", "select", "commit"))
                .containsEntry("spring", List.of("begin", "select", "commit"))
                .containsEntry("spring read-only", List.of("begin", "select", "commit"))
                .hasSize(10);
    }

    @Test
    void aTenantCostsRegistaNothingAndHibernateWhatItSetsOnTheConnection() throws Exception {
        Map<String, List<String>> sent = sent(new TenantBenchmark());

        assertThat(sent)
                .containsEntry("regista call", List.of("begin", "select", "commit"))
                .containsEntry("regista tenant call", List.of("begin", "select", "commit"))
                .containsEntry("regista read", List.of("select"))
                .containsEntry("regista tenant read", List.of("select"));
        assertThat(sent.get("hibernate tenant"))
                .containsExactly("select", "set", "select", "begin", "select", "commit", "set", "select");
    }

    @Test
    void eachInsertsTenThousandRows() throws Exception {
        each(new BulkBenchmark(), name -> {
            assertThat(count("select count(*) from Item")).as(name).isEqualTo(10_000);
            Target.of(database).execute("truncate Item");
        });
    }

    @Test
    void eachCreatesTwentyTables() throws Exception {
        each(new ProvisionBenchmark(), name -> {
            String schema = name.equals("regista") ? "tenant1" : "schema2";
            assertThat(count("select count(*) from pg_tables where schemaname = '" + schema + "'"))
                    .as(name)
                    .isEqualTo(20);
            assertThat(count("select count(*) from pg_sequences where schemaname = '" + schema + "'"))
                    .as(name)
                    .isEqualTo(20);
            assertThat(count("select count(*) from pg_constraint where contype = 'f' and connamespace = '" + schema
                            + "'::regnamespace"))
                    .as(name)
                    .isEqualTo(10);
        });
    }

    @Test
    void everyFleetEndsWithTheSameSchemasAndFlywaySendsMoreForEach() throws Exception {
        FleetSchemas schemas = new FleetSchemas(Target.of(database));
        Map<String, Integer> sent = new LinkedHashMap<>();
        Map<String, List<String>> left = new LinkedHashMap<>();
        try (StatementLog log = TestServers.postgres().recordStatements(database)) {
            each(
                    new FleetBenchmark(FLEET),
                    () -> {
                        schemas.create(FLEET);
                        log.clear();
                    },
                    name -> {
                        sent.put(name, verbs(log).size() / FLEET);
                        schemas.check();
                        left.put(name, query(FLEET_CONTENT));
                    });
        }

        assertThat(left).containsOnlyKeys("regista first", "flyway first", "flyway 4 threads first");
        List<String> expected = left.get("flyway first");
        assertThat(expected).hasSizeGreaterThan(FLEET * 40);
        left.forEach((name, content) -> assertThat(content).as(name).containsExactlyElementsOf(expected));
        // Fourteen are the scripts' own, five the entries in the history.
        assertThat(sent.get("regista first")).isLessThanOrEqualTo(60);
        assertThat(sent.get("flyway first")).isGreaterThan(120);
        assertThat(sent.get("flyway 4 threads first")).isGreaterThan(120);
    }

    @Test
    void whereNothingIsToBeDoneRegistaAsksForAllSchemasAtOnceAndFlywayForEach() throws Exception {
        FleetBenchmark contest = new FleetBenchmark(FLEET);
        contest.run = "noop";
        Map<String, Integer> sent = new LinkedHashMap<>();
        try (StatementLog log = TestServers.postgres().recordStatements(database)) {
            each(contest, log::clear, name -> sent.put(name, verbs(log).size()));
        }

        assertThat(sent.get("regista noop")).isLessThan(10);
        assertThat(sent.get("flyway noop")).isGreaterThan(FLEET * 25);
        assertThat(sent.get("flyway 4 threads noop")).isGreaterThan(FLEET * 25);
    }

    @Test
    void aCrowdFindsEverythingItLooksFor() throws Exception {
        each(
                new ContentionBenchmark(),
                name -> assertThat(TestServers.postgres().openConnections())
                        .as("two pools of eight, and one that opened the database")
                        .isLessThanOrEqualTo(17));
    }

    private interface Check {
        void of(String contestant) throws Exception;
    }

    private interface Preparation {
        void run() throws Exception;
    }

    private void each(Contest contest, Check check) throws Exception {
        each(contest, () -> {}, check);
    }

    private void each(Contest contest, Preparation before, Check check) throws Exception {
        contest.prepare(Target.of(database));
        try {
            for (Map.Entry<String, Callable<?>> contestant :
                    contest.contestants().entrySet()) {
                before.run();
                contestant.getValue().call();
                check.of(contestant.getKey());
            }
        } finally {
            contest.close();
        }
    }

    /** Returns the verbs that the server receives from each contestant that has found an item before. */
    private Map<String, List<String>> sent(Contest contest) throws Exception {
        Map<String, List<String>> sent = new LinkedHashMap<>();
        try (StatementLog log = TestServers.postgres().recordStatements(database)) {
            contest.prepare(Target.of(database));
            try {
                for (Map.Entry<String, Callable<?>> contestant :
                        contest.contestants().entrySet()) {
                    contestant.getValue().call();
                    log.clear();
                    Row found = (Row) contestant.getValue().call();
                    assertThat(found.name()).as(contestant.getKey()).isEqualTo("item " + found.id());
                    sent.put(contestant.getKey(), verbs(log));
                }
            } finally {
                contest.close();
            }
        }
        return sent;
    }

    private static List<String> verbs(StatementLog log) {
        return log.statements().stream()
                .filter(sql -> !OPENING.matcher(sql).lookingAt())
                .map(sql -> sql.split(" ", 2)[0].toLowerCase(Locale.ROOT))
                .toList();
    }

    private long count(String query) throws Exception {
        return Long.parseLong(query(query).get(0));
    }

    private List<String> query(String query) throws Exception {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
