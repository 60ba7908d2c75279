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

/** Reads H2. */
final class H2Catalog implements Catalog {
    private static final String TABLES = """
            select table_name, remarks from information_schema.tables
            where table_schema = ? and table_type = 'BASE TABLE'""";

    private static final String COLUMNS = """
            select c.table_name, c.column_name,
              data_type_sql(c.table_schema, c.table_name, 'TABLE', c.dtd_identifier),
              c.is_nullable, c.column_default, c.generation_expression, c.identity_generation, c.remarks,
              case when c.domain_schema = c.table_schema then c.domain_name end
            from information_schema.columns c join information_schema.tables t
              on t.table_schema = c.table_schema and t.table_name = c.table_name
            where c.table_schema = ? and t.table_type = 'BASE TABLE' order by c.table_name, c.ordinal_position""";

    private static final String KEYS = """
            select t.table_name, t.constraint_name, t.constraint_type, k.column_name, u.table_schema, u.table_name,
              u.column_name, r.update_rule, r.delete_rule
            from information_schema.table_constraints t
            join information_schema.key_column_usage k
              on k.constraint_schema = t.constraint_schema and k.constraint_name = t.constraint_name
            left join information_schema.referential_constraints r
              on r.constraint_schema = t.constraint_schema and r.constraint_name = t.constraint_name
            left join information_schema.key_column_usage u
              on u.constraint_schema = r.unique_constraint_schema and u.constraint_name = r.unique_constraint_name
              and u.ordinal_position = k.position_in_unique_constraint
            where t.table_schema = ? order by t.table_name, t.constraint_name, k.ordinal_position""";

    private static final String CHECKS = """
            select t.table_name, t.constraint_name, c.check_clause from information_schema.table_constraints t
            join information_schema.check_constraints c
              on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name
            where t.table_schema = ?""";

    private static final String INDEXES = """
            select i.table_name, i.index_name, i.index_type_name, k.column_name, k.ordering_specification
            from information_schema.indexes i join information_schema.index_columns k
              on k.index_schema = i.index_schema and k.index_name = i.index_name
            where i.table_schema = ? and not i.is_generated
            order by i.table_name, i.index_name, k.ordinal_position""";

    private static final String SEQUENCES = """
            select sequence_name, start_value, increment, minimum_value, maximum_value, cache, cycle_option
            from information_schema.sequences where sequence_schema = ?""";

    private static final String DOMAINS = """
            select d.domain_name, data_type_sql(d.domain_schema, d.domain_name, 'DOMAIN', d.dtd_identifier), c.check_clause
            from information_schema.domains d
            join information_schema.domain_constraints k
              on k.domain_schema = d.domain_schema and k.domain_name = d.domain_name
            join information_schema.check_constraints c
              on c.constraint_schema = k.constraint_schema and c.constraint_name = k.constraint_name
            where d.domain_schema = ?""";

    @Override
    public SchemaModel read(Connection connection, String schema, String shared) throws SQLException {
        Query query = new Query(connection);
        Names names = Names.of(connection);
        Map<String, TableBuilder> tables = new TreeMap<>();
        query.each(
                TABLES,
                row -> {
                    TableBuilder table = new TableBuilder(row.getString(1));
                    table.comment = Objects.requireNonNullElse(row.getString(2), "");
                    tables.put(table.name, table);
                },
                schema);
        query.each(COLUMNS, row -> table(tables, row).columns.add(column(row, names, schema)), schema);
        query.each(
                CHECKS,
                row -> table(tables, row)
                        .constraints
                        .add(new Constraint.Check(
                                row.getString(2), String.valueOf(local(row.getString(3), names, schema)))),
                schema);
        keys(query, schema, shared, tables);
        indexes(query, schema, tables, names);
        List<SequenceModel> sequences = query.list(SEQUENCES, H2Catalog::sequence, schema);
        return new SchemaModel(
                TableBuilder.build(tables),
                sequences.stream().collect(TableBuilder.byName(SequenceModel::name)),
                enums(query, schema));
    }

    /** What belongs to a table of another kind, such as a temporary one, goes nowhere. */
    private static TableBuilder table(Map<String, TableBuilder> tables, ResultSet row) throws SQLException {
        return tables.getOrDefault(row.getString(1), new TableBuilder(""));
    }

    private static ColumnModel column(ResultSet row, Names names, String schema) throws SQLException {
        String domain = row.getString(9);
        String generated = local(row.getString(6), names, schema);
        String identity = row.getString(7);
        return new ColumnModel(
                row.getString(2),
                domain == null ? row.getString(3) : names.of(domain),
                row.getString(4).equals("YES"),
                generated == null ? local(row.getString(5), names, schema) : null,
                generated == null ? null : "generated always as (" + generated + ")",
                identity == null ? null : "generated " + SqlText.lower(identity) + " as identity",
                null,
                Objects.requireNonNullElse(row.getString(8), ""));
    }

    private static @Nullable String local(@Nullable String expression, Names names, String schema) {
        return expression == null ? null : expression.replace(names.quoted(schema) + ".", "");
    }

    /** A key while its columns are being gathered. */
    private record Key(
            TableBuilder table,
            String name,
            String type,
            List<String> columns,
            List<String> referenced,
            String schema,
            String referencedTable,
            String actions) {
        Constraint constraint() {
            return switch (type) {
                case "PRIMARY KEY" -> new Constraint.PrimaryKey(name, List.copyOf(columns));
                case "UNIQUE" -> new Constraint.Unique(name, List.copyOf(columns));
                default ->
                    new Constraint.ForeignKey(
                            name, List.copyOf(columns), schema, referencedTable, List.copyOf(referenced), actions);
            };
        }
    }

    private static void keys(Query query, String schema, String shared, Map<String, TableBuilder> tables)
            throws SQLException {
        Map<String, Key> keys = new TreeMap<>();
        query.each(
                KEYS,
                row -> {
                    TableBuilder table = table(tables, row);
                    @Nullable String other = row.getString(5);
                    Key empty = new Key(
                            table,
                            row.getString(2),
                            row.getString(3),
                            new ArrayList<>(),
                            new ArrayList<>(),
                            other == null ? "" : Catalog.reference(other, schema, shared),
                            Objects.requireNonNullElse(row.getString(6), ""),
                            other == null
                                    ? ""
                                    : (Catalog.action("update", row.getString(8))
                                                    + Catalog.action("delete", row.getString(9)))
                                            .strip());
                    Key key = Objects.requireNonNullElse(keys.putIfAbsent(row.getString(2), empty), empty);
                    key.columns.add(row.getString(4));
                    if (other != null) {
                        key.referenced.add(row.getString(7));
                    }
                },
                schema);
        keys.values().forEach(key -> key.table.constraints.add(key.constraint()));
    }

    private static void indexes(Query query, String schema, Map<String, TableBuilder> tables, Names names)
            throws SQLException {
        Map<String, Constraint.Index> indexes = new TreeMap<>();
        Map<String, TableBuilder> owners = new TreeMap<>();
        query.each(
                INDEXES,
                row -> {
                    String name = row.getString(2);
                    Constraint.Index index = indexes.computeIfAbsent(
                            name, none -> new Constraint.Index(name, false, new ArrayList<>(), "", ""));
                    index.keys()
                            .add(names.of(row.getString(4)) + (row.getString(5).equals("DESC") ? " desc" : ""));
                    indexes.put(
                            name,
                            new Constraint.Index(name, row.getString(3).startsWith("UNIQUE"), index.keys(), "", ""));
                    owners.put(name, table(tables, row));
                },
                schema);
        indexes.forEach((name, index) ->
                Objects.requireNonNull(owners.get(name)).constraints.add(index));
    }

    private static SequenceModel sequence(ResultSet row) throws SQLException {
        return new SequenceModel(
                row.getString(1),
                row.getBigDecimal(2).toBigIntegerExact(),
                row.getBigDecimal(3).toBigIntegerExact(),
                row.getBigDecimal(4).toBigIntegerExact(),
                row.getBigDecimal(5).toBigIntegerExact(),
                row.getLong(6),
                row.getString(7).equals("YES"));
    }

    private static Map<String, EnumModel> enums(Query query, String schema) throws SQLException {
        Map<String, EnumModel> enums = new TreeMap<>();
        query.each(
                DOMAINS,
                row -> enums.put(
                        row.getString(1),
                        new EnumModel(
                                row.getString(1),
                                List.copyOf(Types.values(row.getString(3))),
                                row.getString(2) + " check (" + row.getString(3) + ")")),
                schema);
        return enums;
    }
}
