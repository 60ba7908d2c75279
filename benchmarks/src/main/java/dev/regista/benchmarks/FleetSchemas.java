package dev.regista.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The schemas of a fleet, on which all contestants work in turn: each finds what the others found. */
final class FleetSchemas {
    /** What they make, with the history. */
    private static final int TABLES = 6;

    private static final int INDEXES = 12;

    /** What the last of them changes. */
    private static final int ROWS = 5;

    private final Target target;
    private List<String> names = List.of();

    FleetSchemas(Target target) {
        this.target = target;
    }

    /** Returns their names, which are those of the tenants too. */
    List<String> names() {
        return names;
    }

    /**
     * Makes so many, empty, in place of those that are there. The catalogues are cleaned at once, so that it is in nobody's
     * time.
     */
    void create(int count) throws SQLException {
        List<String> statements =
                new ArrayList<>(List.of("set synchronous_commit to off", "delete from regista_tenant"));
        for (String name : found()) {
            statements.add("drop schema " + name + " cascade");
        }
        names = IntStream.range(0, count).mapToObj(Tenants::name).toList();
        for (String name : names) {
            statements.add("create schema " + name);
            statements.add("insert into regista_tenant (name, schema_name, placement, state, created) values ('" + name
                    + "', '" + name + "', 'SCHEMA', 'ACTIVE', now())");
        }
        statements.add("vacuum analyze");
        target.execute(statements);
        expect(0, "select count(*) from pg_tables where schemaname like 'tenant%'");
    }

    /** Empties them all. */
    void clear() throws SQLException {
        create(names.size());
    }

    /** Makes sure that all of them are at the end of the scripts, by what they contain. */
    void check() throws SQLException {
        expect(names.size(), complete("pg_tables", TABLES));
        expect(names.size(), complete("pg_indexes", INDEXES));
        expect(
                (long) names.size() * FleetFiles.NAMES.size(),
                ofEach("flyway_schema_history where success and type = 'SQL' and version is not null"));
        expect((long) names.size() * FleetFiles.NAMES.size(), ofEach("flyway_schema_history"));
        expect((long) names.size() * ROWS, ofEach("status where label <> lower(label)"));
    }

    private static String complete(String catalog, int each) {
        return "select count(*) from (select schemaname from " + catalog
                + " where schemaname like 'tenant%' group by schemaname having count(*) = " + each + ") complete";
    }

    private String ofEach(String rows) {
        return names.stream()
                .map(name -> "select count(*) as rows from " + name + "." + rows)
                .collect(Collectors.joining(" union all ", "select sum(rows) from (", ") each_schema"));
    }

    private List<String> found() throws SQLException {
        return query("select nspname from pg_namespace where nspname like 'tenant%'");
    }

    private void expect(long expected, String query) throws SQLException {
        List<String> found = query(query);
        if (!found.equals(List.of(String.valueOf(expected)))) {
            throw new IllegalStateException("not " + expected + " but " + found + ": " + query);
        }
    }

    private List<String> query(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(target.url(), target.user(), target.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
