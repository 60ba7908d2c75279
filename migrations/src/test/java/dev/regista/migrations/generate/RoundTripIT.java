package dev.regista.migrations.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hibernate.MappingException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of change, on each database: up to where nothing differs any more, and down to what was there before. */
@ExtendWith(LeakChecker.class)
class RoundTripIT {
    private static final Map<String, Map<Store, String>> RESULTS = new LinkedHashMap<>();

    private static TestDatabase postgres;

    @BeforeAll
    static void startPostgres() {
        postgres = TestServers.postgres().newDatabase();
    }

    static Stream<Arguments> all() {
        return Stream.of(TableChanges.ALL, ColumnChanges.ALL, ConstraintChanges.ALL, IdChanges.ALL)
                .flatMap(List::stream)
                .flatMap(pair -> Stream.of(Store.values()).map(store -> Arguments.of(store, pair)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("all")
    void upAndDown(Store store, Pair pair) throws SQLException {
        Map<Store, String> results = RESULTS.computeIfAbsent(pair.name(), none -> new EnumMap<>(Store.class));
        results.put(store, "failed");
        try (Store.Fresh fresh = store == Store.POSTGRES ? emptied() : store.fresh()) {
            String before = "";
            Map<String, Integer> rows = Map.of();
            boolean isMapped = !pair.unmapped().contains(store);
            try (SqlDatabase first =
                    fresh.at().models(isMapped ? pair.first() : List.of()).build("first")) {
                first.connect();
                Scripts.execute(first, Generator.of(first).compare().up());
                assertThat(Generator.of(first).compare().up())
                        .as("after creating")
                        .isEmpty();
                Scripts.execute(
                        first,
                        isMapped
                                ? pair.rows().stream()
                                        .map(row -> quoted(row, store))
                                        .toList()
                                : List.of());
                before = dump(first, store);
                rows = rows(first);
            }
            try (SqlDatabase second = fresh.at().models(pair.second()).build("second")) {
                second.connect();
                if (!isMapped) {
                    assertThatThrownBy(() -> Generator.of(second).compare())
                            .isInstanceOf(MappingException.class)
                            .hasMessageContaining("no type mapping");
                    results.put(store, "no type");
                    return;
                }
                Generator generator = Generator.of(
                        second, pair.options().apply(GeneratorOptions.builder()).build());
                Migration migration = generator.compare();
                assertThat(dump(second, store)).as("comparing changes nothing").isEqualTo(before);
                if (store == Store.H2 || store == Store.SQLITE) { // where looking twice costs little
                    assertThat(generator.compare()).as("the same twice").isEqualTo(migration);
                }
                assertThat(migration.isEmpty())
                        .as("nothing to do")
                        .isEqualTo(pair.same().contains(store));

                Scripts.execute(second, migration.up());
                assertThat(generator.compare().up())
                        .as("after " + migration.up())
                        .isEmpty();

                Scripts.execute(second, migration.down());
                assertThat(dump(second, store))
                        .as("after " + migration.up() + " and " + migration.down())
                        .isEqualTo(before);
                if (!generatorMayDrop(pair)) {
                    assertThat(rows(second)).as("after " + migration.up()).isEqualTo(rows);
                }
            }
        }
        results.put(store, pair.same().contains(store) ? "same" : "ok");
    }

    /** Emptying a database is much faster than creating another. */
    private static Store.Fresh emptied() throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade");
            statement.execute("create schema public");
        }
        return Store.server(postgres, () -> {});
    }

    private static boolean generatorMayDrop(Pair pair) {
        return pair.options().apply(GeneratorOptions.builder()).build().allowDrop();
    }

    private static Map<String, Integer> rows(SqlDatabase database) throws SQLException {
        Map<String, Integer> rows = new TreeMap<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"
                    })) {
                while (found.next()) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
            String quote = connection.getMetaData().getIdentifierQuoteString();
            for (String table : tables) {
                try (ResultSet count = statement.executeQuery("select count(*) from " + quote + table + quote)) {
                    count.next();
                    rows.put(table, count.getInt(1));
                }
            }
        }
        rows.keySet().removeIf(table -> table.startsWith("HT")); // Hibernate's own, see CatalogDump
        return rows;
    }

    private static String quoted(String row, Store store) {
        return row.replace("%q", store == Store.MARIADB ? "`group`" : "\"group\"");
    }

    private static String dump(SqlDatabase database, Store store) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return CatalogDump.of(store, connection);
        }
    }

    @AfterAll
    static void printTable() {
        postgres.close();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%-60s %-9s %-9s %-9s %-9s", "kind of change", "POSTGRES", "MARIADB", "H2", "SQLITE"));
        RESULTS.forEach((kind, results) -> lines.add(String.format(
                Locale.ROOT,
                "%-60s %-9s %-9s %-9s %-9s",
                kind,
                results.get(Store.POSTGRES),
                results.get(Store.MARIADB),
                results.get(Store.H2),
                results.get(Store.SQLITE))));
        System.out.println(String.join(System.lineSeparator(), lines));
    }
}
