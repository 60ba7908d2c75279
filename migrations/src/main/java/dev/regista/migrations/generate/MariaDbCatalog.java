package dev.regista.migrations.generate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads MariaDB, where a schema is a database, and a unique constraint is an index. */
final class MariaDbCatalog implements Catalog {
    private static final String TABLES = """
            select table_name, table_comment, engine, table_collation from information_schema.tables
            where table_schema = ? and table_type = 'BASE TABLE'""";

    private static final String COLUMNS = """
            select table_name, column_name, column_type, is_nullable, column_default, extra,
              generation_expression, column_comment, collation_name
            from information_schema.columns where table_schema = ? order by table_name, ordinal_position""";

    private static final String INDEXES = """
            select table_name, index_name, non_unique, column_name, collation, sub_part, index_type
            from information_schema.statistics where table_schema = ? order by table_name, index_name, seq_in_index""";

    private static final String FOREIGN_KEYS = """
            select table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
              referenced_column_name
            from information_schema.key_column_usage
            where table_schema = ? and referenced_table_name is not null
            order by table_name, constraint_name, ordinal_position""";

    private static final String ACTIONS = """
            select table_name, constraint_name, update_rule, delete_rule
            from information_schema.referential_constraints where constraint_schema = ?""";

    private static final String CHECKS = """
            select table_name, constraint_name, check_clause, level from information_schema.check_constraints
            where constraint_schema = ?""";

    private static final String SEQUENCES =
            "select table_name from information_schema.tables where table_schema = ? and table_type = 'SEQUENCE'";

    /** Each query looks at one table of the catalogue: joins of such tables take a hundred times as long. */
    @Override
    public SchemaModel read(Connection connection, String schema, String shared) throws SQLException {
        Query query = new Query(connection);
        Names names = Names.of(connection);
        Map<String, TableBuilder> tables = new TreeMap<>();
        Map<String, String> collations = new TreeMap<>();
        query.each(
                TABLES,
                row -> {
                    TableBuilder table = new TableBuilder(row.getString(1));
                    table.comment = row.getString(2);
                    table.options = "engine=" + row.getString(3);
                    tables.put(table.name, table);
                    collations.put(table.name, row.getString(4));
                },
                schema);
        Map<String, String> columnChecks = checks(query, schema, tables);
        query.each(
                COLUMNS,
                row -> {
                    String table = row.getString(1);
                    ColumnModel column = column(
                            row,
                            names.quoted(schema) + ".",
                            columnChecks.get(table + '.' + row.getString(2)),
                            collations.getOrDefault(table, ""));
                    table(tables, row).columns.add(column);
                },
                schema);
        Set<String> foreignKeys = foreignKeys(query, schema, shared, tables);
        indexes(query, schema, tables, foreignKeys, names);
        Map<String, SequenceModel> sequences = new TreeMap<>();
        for (String name : query.list(SEQUENCES, row -> row.getString(1), schema)) {
            query.each(
                    "select start_value, increment, minimum_value, maximum_value, cache_size, cycle_option from "
                            + names.quoted(schema) + '.' + names.quoted(name),
                    row -> sequences.put(name, sequence(name, row)));
        }
        return new SchemaModel(TableBuilder.build(tables), sequences, Map.of());
    }

    /** What belongs to a table of another kind, such as a temporary one, goes nowhere. */
    private static TableBuilder table(Map<String, TableBuilder> tables, ResultSet row) throws SQLException {
        return tables.getOrDefault(row.getString(1), new TableBuilder(""));
    }

    private static Map<String, String> checks(Query query, String schema, Map<String, TableBuilder> tables)
            throws SQLException {
        Map<String, String> ofColumns = new TreeMap<>();
        query.each(
                CHECKS,
                row -> {
                    String name = row.getString(2);
                    if (row.getString(4).equalsIgnoreCase("column")) {
                        ofColumns.put(row.getString(1) + '.' + name, row.getString(3));
                    } else {
                        table(tables, row).constraints.add(new Constraint.Check(name, row.getString(3)));
                    }
                },
                schema);
        return ofColumns;
    }

    private static ColumnModel column(ResultSet row, String prefix, @Nullable String check, String usual)
            throws SQLException {
        String extra = SqlText.lower(row.getString(6));
        String expression = row.getString(7);
        boolean isGenerated = expression != null && !expression.isEmpty();
        String collation = row.getString(9);
        return new ColumnModel(
                row.getString(2),
                type(row.getString(3)) + (collation == null || collation.equals(usual) ? "" : " collate " + collation),
                row.getString(4).equals("YES"),
                isGenerated ? null : defaultValue(row.getString(5), prefix, extra),
                isGenerated ? "as (" + expression + ")" + (extra.contains("stored") ? " stored" : " virtual") : null,
                extra.contains("auto_increment") ? "auto_increment" : null,
                check,
                row.getString(8));
    }

    /** The width in which a number is displayed says nothing of what it holds. */
    private static String type(String reported) {
        return reported.contains("zerofill") ? reported : reported.replaceFirst("^(\\w*int)\\(\\d+\\)", "$1");
    }

    private static @Nullable String defaultValue(@Nullable String value, String prefix, String extra) {
        if (value == null || value.equals("NULL")) {
            return null;
        }
        int update = extra.indexOf("on update");
        String local = value.replace(prefix, "");
        return update < 0 ? local : local + " " + extra.substring(update);
    }

    private static Set<String> foreignKeys(Query query, String schema, String shared, Map<String, TableBuilder> tables)
            throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        Map<String, List<String>> referenced = new TreeMap<>();
        Map<String, TableBuilder> owners = new TreeMap<>();
        Map<String, Constraint.ForeignKey> keys = new TreeMap<>();
        Map<String, String> actions = new TreeMap<>();
        query.each(
                ACTIONS,
                row -> actions.put(
                        row.getString(1) + '.' + row.getString(2),
                        (Catalog.action("update", row.getString(3)) + Catalog.action("delete", row.getString(4)))
                                .strip()),
                schema);
        query.each(
                FOREIGN_KEYS,
                row -> {
                    String id = row.getString(1) + '.' + row.getString(2);
                    columns.computeIfAbsent(id, none -> new ArrayList<>()).add(row.getString(3));
                    referenced.computeIfAbsent(id, none -> new ArrayList<>()).add(row.getString(6));
                    owners.put(id, table(tables, row));
                    keys.put(
                            id,
                            new Constraint.ForeignKey(
                                    row.getString(2),
                                    List.of(),
                                    Catalog.reference(row.getString(4), schema, shared),
                                    row.getString(5),
                                    List.of(),
                                    actions.getOrDefault(id, "")));
                },
                schema);
        keys.forEach((id, key) -> Objects.requireNonNull(owners.get(id))
                .constraints
                .add(new Constraint.ForeignKey(
                        key.name(),
                        List.copyOf(Objects.requireNonNull(columns.get(id))),
                        key.schema(),
                        key.table(),
                        List.copyOf(Objects.requireNonNull(referenced.get(id))),
                        key.actions())));
        return keys.keySet();
    }

    /** The index that a foreign key brings with it has its name, and comes and goes with it. */
    private static void indexes(
            Query query, String schema, Map<String, TableBuilder> tables, Set<String> foreignKeys, Names names)
            throws SQLException {
        Map<String, List<String>> keys = new TreeMap<>();
        Map<String, Boolean> plain = new TreeMap<>();
        Map<String, List<String>> found = new TreeMap<>();
        query.each(
                INDEXES,
                row -> {
                    String table = row.getString(1);
                    String id = table + '.' + row.getString(2);
                    boolean descending = "D".equals(row.getString(5));
                    String part = row.getString(6);
                    keys.computeIfAbsent(id, none -> new ArrayList<>())
                            .add(names.of(row.getString(4))
                                    + (part == null ? "" : "(" + part + ")")
                                    + (descending ? " desc" : ""));
                    found.computeIfAbsent(id, none -> new ArrayList<>()).add(row.getString(4));
                    plain.merge(id, part == null && !descending, Boolean::logicalAnd);
                    if (!foreignKeys.contains(id)) {
                        TableBuilder owner = tables.getOrDefault(table, new TableBuilder(""));
                        owner.keys.put(id, List.of(row.getString(2), row.getString(3), row.getString(7)));
                    }
                },
                schema);
        for (TableBuilder table : tables.values()) {
            table.keys.forEach((id, facts) -> table.constraints.add(index(
                    facts,
                    List.copyOf(Objects.requireNonNull(found.get(id))),
                    List.copyOf(Objects.requireNonNull(keys.get(id))),
                    Boolean.TRUE.equals(plain.get(id)))));
        }
    }

    private static Constraint index(List<String> facts, List<String> columns, List<String> keys, boolean isPlain) {
        String name = facts.get(0);
        boolean isUnique = facts.get(1).equals("0");
        String type = facts.get(2);
        if (name.equals("PRIMARY")) {
            return new Constraint.PrimaryKey(name, columns);
        }
        if (isUnique && isPlain) {
            return new Constraint.Unique(name, columns);
        }
        String kind = type.equals("FULLTEXT") || type.equals("SPATIAL") ? SqlText.lower(type) : "";
        return new Constraint.Index(name, isUnique, keys, kind, "");
    }

    private static SequenceModel sequence(String name, ResultSet row) throws SQLException {
        return new SequenceModel(
                name,
                row.getBigDecimal(1).toBigIntegerExact(),
                row.getBigDecimal(2).toBigIntegerExact(),
                row.getBigDecimal(3).toBigIntegerExact(),
                row.getBigDecimal(4).toBigIntegerExact(),
                row.getLong(5),
                row.getBoolean(6));
    }
}
