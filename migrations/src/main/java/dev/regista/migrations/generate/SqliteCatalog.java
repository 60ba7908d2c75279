package dev.regista.migrations.generate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads SQLite: what its pragmas tell, and the rest out of the statements that it keeps. */
final class SqliteCatalog implements Catalog {
    private static final String TABLES =
            "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'";

    private static final List<String> OF_TABLES = List.of("constraint", "primary", "unique", "check", "foreign");

    @Override
    public SchemaModel read(Connection connection, String schema, String shared) throws SQLException {
        Query query = new Query(connection);
        Names names = Names.of(connection);
        Map<String, TableModel> tables = new TreeMap<>();
        for (String[] found : query.list(TABLES, row -> new String[] {row.getString(1), row.getString(2)})) {
            tables.put(found[0], table(query, names, found[0], found[1]));
        }
        return new SchemaModel(tables, Map.of(), Map.of());
    }

    private static TableModel table(Query query, Names names, String name, String sql) throws SQLException {
        TableBuilder table = new TableBuilder(name);
        table.options = SqlText.of(sql).afterParentheses();
        Map<String, SqlText> definitions = new TreeMap<>();
        for (String part : SqlText.of(SqlText.of(sql).inParentheses()).parts()) {
            SqlText text = SqlText.of(part);
            if (OF_TABLES.stream().noneMatch(text::startsWith)) {
                definitions.put(text.firstName(), text);
            }
            for (String check : text.after("check")) {
                table.constraints.add(new Constraint.Check("", oneLine(check)));
            }
        }
        columns(query, table, definitions);
        indexes(query, names, table);
        foreignKeys(query, table);
        table.triggers.addAll(query.list(
                "select sql from sqlite_master where type = 'trigger' and tbl_name = ? order by name",
                row -> row.getString(1),
                name));
        return table.build();
    }

    private static void columns(Query query, TableBuilder table, Map<String, SqlText> definitions) throws SQLException {
        Map<Integer, String> key = new TreeMap<>();
        query.each(
                "select name, type, \"notnull\", dflt_value, pk, hidden from pragma_table_xinfo(?) order by cid",
                row -> {
                    String name = row.getString(1);
                    table.columns.add(column(row, definitions.getOrDefault(name, SqlText.of(""))));
                    if (row.getInt(5) > 0) {
                        key.put(row.getInt(5), name);
                    }
                },
                table.name);
        if (!key.isEmpty()) {
            table.constraints.add(new Constraint.PrimaryKey("", List.copyOf(key.values())));
        }
    }

    private static ColumnModel column(ResultSet row, SqlText definition) throws SQLException {
        boolean isGenerated = row.getInt(6) > 1;
        return new ColumnModel(
                row.getString(1),
                SqlText.lower(row.getString(2))
                        + definition
                                .wordAfter("collate")
                                .map(name -> " collate " + name)
                                .orElse(""),
                row.getInt(3) == 0,
                row.getString(4),
                isGenerated ? generated(row.getInt(6), definition) : null,
                definition.contains("autoincrement") ? "autoincrement" : null,
                null,
                "");
    }

    private static String generated(int hidden, SqlText definition) {
        List<String> expressions = definition.after("as");
        return "generated always as (" + (expressions.isEmpty() ? "" : oneLine(expressions.get(0))) + ")"
                + (hidden == 3 ? " stored" : " virtual");
    }

    private static void indexes(Query query, Names names, TableBuilder table) throws SQLException {
        for (String[] found : query.list(
                "select name, \"unique\", origin from pragma_index_list(?) where origin <> 'pk' order by name",
                row -> new String[] {row.getString(1), row.getString(2), row.getString(3)},
                table.name)) {
            List<String> columns = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            query.each(
                    "select name, \"desc\" from pragma_index_xinfo(?) where key = 1 order by seqno",
                    row -> {
                        @Nullable String column = row.getString(1);
                        columns.add(Objects.requireNonNullElse(column, ""));
                        keys.add((column == null ? "" : names.of(column)) + (row.getInt(2) == 1 ? " desc" : ""));
                    },
                    found[0]);
            table.constraints.add(
                    found[2].equals("u")
                            ? new Constraint.Unique("", List.copyOf(columns))
                            : index(query, found[0], found[1].equals("1"), columns, keys));
        }
    }

    private static Constraint.Index index(
            Query query, String name, boolean isUnique, List<String> columns, List<String> keys) throws SQLException {
        String sql = query.list(
                        "select sql from sqlite_master where type = 'index' and name = ?",
                        row -> row.getString(1),
                        name)
                .get(0);
        SqlText text = SqlText.of(sql);
        List<String> written =
                columns.contains("") ? SqlText.of(text.inParentheses()).parts() : List.copyOf(keys);
        String after = text.afterParentheses();
        return new Constraint.Index(name, isUnique, written, "", after.isEmpty() ? "" : " " + oneLine(after));
    }

    private static void foreignKeys(Query query, TableBuilder table) throws SQLException {
        Map<Integer, Constraint.ForeignKey> keys = new TreeMap<>();
        query.each(
                "select id, \"table\", \"from\", \"to\", on_update, on_delete from pragma_foreign_key_list(?)"
                        + " order by id, seq",
                row -> {
                    Constraint.ForeignKey empty = new Constraint.ForeignKey(
                            "",
                            new ArrayList<>(),
                            "",
                            row.getString(2),
                            new ArrayList<>(),
                            (Catalog.action("update", row.getString(5)) + Catalog.action("delete", row.getString(6)))
                                    .strip());
                    Constraint.ForeignKey key =
                            Objects.requireNonNullElse(keys.putIfAbsent(row.getInt(1), empty), empty);
                    key.columns().add(row.getString(3));
                    if (row.getString(4) != null) {
                        key.referenced().add(row.getString(4));
                    }
                },
                table.name);
        table.constraints.addAll(keys.values());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
