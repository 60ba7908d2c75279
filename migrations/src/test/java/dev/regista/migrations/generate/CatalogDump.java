package dev.regista.migrations.generate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What a database itself says is in it, read in another way than the generator reads it. The order of columns is left out. */
final class CatalogDump {
    private CatalogDump() {}

    static String of(Store store, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return String.join(
                    "\n",
                    new TreeSet<>(
                            switch (store) {
                                case POSTGRES -> postgres(statement);
                                case MARIADB -> mariadb(statement);
                                case H2 -> h2(statement);
                                case SQLITE -> sqlite(statement);
                            }));
        }
    }

    private static List<String> postgres(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String sql : List.of(
                """
                select 'column', table_name, column_name, column_default, is_nullable, data_type, udt_name,
                  character_maximum_length, numeric_precision, numeric_scale, datetime_precision, is_identity,
                  identity_generation, is_generated, generation_expression
                from information_schema.columns where table_schema = 'public'""",
                "select 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid) from pg_constraint"
                        + " where connamespace = 'public'::regnamespace",
                "select 'index', indexdef from pg_indexes where schemaname = 'public'",
                "select 'sequence', sequencename, start_value, min_value, max_value, increment_by, cycle, cache_size"
                        + " from pg_sequences where schemaname = 'public'",
                "select 'enum', enumtypid::regtype, enumlabel, rank() over (partition by enumtypid order by enumsortorder)"
                        + " from pg_enum",
                "select 'comment', objoid::regclass, (select attname from pg_attribute where attrelid = objoid"
                        + " and attnum = objsubid), description from pg_description where classoid = 'pg_class'::regclass"
                        + " and objoid in (select oid from pg_class where relnamespace = 'public'::regnamespace)",
                "select 'schema', nspname from pg_namespace where nspname not like 'pg\\_%'")) {
            rows(statement, sql, lines);
        }
        return lines;
    }

    /** Whether an empty table is counted from one is not said. */
    private static List<String> mariadb(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String table : column(statement, "show tables")) {
            String definition = column(statement, "show create table `" + table + "`", 2)
                    .get(0)
                    .replaceAll(" AUTO_INCREMENT=\\d+", "");
            for (String line : definition.split("\n", -1)) {
                lines.add(table + ": " + line.strip().replaceAll(",$", ""));
            }
        }
        lines.addAll(column(statement, "show databases").stream()
                .filter(name -> name.startsWith("regista"))
                .toList());
        return lines;
    }

    /**
     * Names that H2 makes up are left out; they are never the same twice. So are the tables that Hibernate itself creates,
     * to update and delete in several tables.
     */
    private static List<String> h2(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String sql : column(statement, "script nodata nopasswords nosettings")) {
            String table = sql.replaceAll("(?s)\\(.*", "");
            for (String line : sql.split("\n", -1)) {
                lines.add(table.lines().findFirst().orElse("") + ": "
                        + line.strip()
                                .replaceAll(",$", "")
                                .replaceAll("CONSTRAINT_[0-9A-F_]+|PRIMARY_KEY_[0-9A-F_]+", "X")
                                .replaceAll("_INDEX_[0-9A-F_]+", "_INDEX")
                                .replaceAll("SYSTEM_SEQUENCE_[0-9A-F_]+", "Y")
                                .replaceAll("RESTART WITH \\d+", ""));
            }
        }
        lines.removeIf(line -> line.contains("SELECT COUNT(*)") || line.contains("\"HTE_") || line.contains("\"HT_"));
        return lines;
    }

    /** Hibernate itself creates tables on SQLite, to update and delete in several tables; they are left out. */
    private static List<String> sqlite(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String table :
                column(statement, "select name from sqlite_master where type = 'table' and name not like 'HT%'")) {
            String name = "'" + table + "'";
            rows(
                    statement,
                    "select " + name + ", name, type, \"notnull\", dflt_value, pk, hidden from pragma_table_xinfo("
                            + name + ")",
                    lines);
            rows(
                    statement,
                    "select " + name + ", \"unique\", origin, partial from pragma_index_list(" + name + ")",
                    lines);
            rows(statement, "select " + name + ", * from pragma_foreign_key_list(" + name + ")", lines);
        }
        for (String sql :
                column(statement, "select sql from sqlite_master where sql is not null and tbl_name not like 'HT%'")) {
            for (String part : sql.toLowerCase(Locale.ROOT).split("[,(]\\s*", -1)) {
                lines.add(part.replaceAll("[\")]", "").replaceAll("\\s+", " ").strip());
            }
        }
        return lines;
    }

    private static void rows(Statement statement, String sql, List<String> lines) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getString(i));
                }
                lines.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
        }
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        return column(statement, sql, 1);
    }

    private static List<String> column(Statement statement, String sql, int index) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(index));
            }
        }
        return values;
    }
}
