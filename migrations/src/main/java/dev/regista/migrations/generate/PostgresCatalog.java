package dev.regista.migrations.generate;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL. The schema must be on the search path, so that what is in it is called by its name alone. */
final class PostgresCatalog implements Catalog {
    /** How the server repeats {@code x in ('A', 'B')} for texts: differently each time it is told its own words. */
    private static final Pattern IN = Pattern.compile("(?:\\(([\\w\"]+)\\)|([\\w\"]+))::text = ANY"
            + " \\(\\(?ARRAY\\[((?:\\(?'(?:[^']|'')*'::(?:character varying|text)(?:\\)::text)?(?:, )?)+)\\]"
            + "(?:\\)?::text\\[\\])?\\)");

    private static final Pattern TEXT = Pattern.compile("('(?:[^']|'')*')::(?:character varying|text|bpchar)");

    private static final String TABLES = """
            select c.relname, obj_description(c.oid, 'pg_class') from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relkind in ('r', 'p') and not c.relispartition""";

    private static final String COLUMNS = """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
              pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, col_description(c.oid, a.attnum),
              (select quote_ident(l.collname) from pg_collation l join pg_type t on t.oid = a.atttypid
                where l.oid = a.attcollation and a.attcollation <> t.typcollation)
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where n.nspname = ? and c.relkind in ('r', 'p') and not c.relispartition
              and a.attnum > 0 and not a.attisdropped
            order by c.relname, a.attnum""";

    private static final String CONSTRAINTS = """
            select c.relname, k.conname, k.contype,
              array(select a.attname::text from unnest(k.conkey) with ordinality o(num, ord)
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = o.num order by o.ord),
              fn.nspname, f.relname,
              array(select a.attname::text from unnest(k.confkey) with ordinality o(num, ord)
                join pg_attribute a on a.attrelid = k.confrelid and a.attnum = o.num order by o.ord),
              k.confupdtype, k.confdeltype, pg_get_constraintdef(k.oid, true), k.condeferrable, k.condeferred
            from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            left join pg_class f on f.oid = k.confrelid left join pg_namespace fn on fn.oid = f.relnamespace
            where n.nspname = ? and k.contype in ('p', 'u', 'f', 'c') and c.relkind in ('r', 'p') and not c.relispartition
            order by k.oid""";

    private static final String INDEXES = """
            select c.relname, x.relname, i.indisunique, m.amname,
              array(select pg_get_indexdef(i.indexrelid, k, true)
                || case when i.indoption[k - 1] & 1 = 1 then ' desc' else '' end
                || case i.indoption[k - 1] & 3 when 1 then ' nulls last' when 2 then ' nulls first' else '' end
                from generate_series(1, i.indnkeyatts) k order by k),
              array(select pg_get_indexdef(i.indexrelid, k, true)
                from generate_series(i.indnkeyatts + 1, i.indnatts) k order by k),
              pg_get_expr(i.indpred, i.indrelid, true)
            from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
            join pg_namespace n on n.oid = c.relnamespace join pg_am m on m.oid = x.relam
            where n.nspname = ? and c.relkind in ('r', 'p') and not c.relispartition
              and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
            order by 1, 2""";

    private static final String SEQUENCES = """
            select c.relname, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle
            from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and not exists (select 1 from pg_depend d
              where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i')""";

    private static final String ENUMS = """
            select t.typname, e.enumlabel, quote_literal(e.enumlabel) from pg_enum e join pg_type t on t.oid = e.enumtypid
            join pg_namespace n on n.oid = t.typnamespace
            where n.nspname = ? order by t.typname, e.enumsortorder""";

    @Override
    public SchemaModel read(Connection connection, String schema, String shared) throws SQLException {
        Query query = new Query(connection);
        Map<String, TableBuilder> tables = new TreeMap<>();
        query.each(
                TABLES,
                row -> {
                    TableBuilder table = new TableBuilder(row.getString(1));
                    table.comment = Objects.requireNonNullElse(row.getString(2), "");
                    tables.put(table.name, table);
                },
                schema);
        query.each(COLUMNS, row -> table(tables, row).columns.add(column(row)), schema);
        query.each(CONSTRAINTS, row -> table(tables, row).constraints.add(constraint(row, schema, shared)), schema);
        query.each(INDEXES, row -> table(tables, row).constraints.add(index(row)), schema);
        List<SequenceModel> sequences = query.list(SEQUENCES, PostgresCatalog::sequence, schema);
        return new SchemaModel(
                TableBuilder.build(tables),
                sequences.stream().collect(TableBuilder.byName(SequenceModel::name)),
                enums(query, schema));
    }

    /** What belongs to a table of another kind, such as a temporary one, goes nowhere. */
    private static TableBuilder table(Map<String, TableBuilder> tables, ResultSet row) throws SQLException {
        return tables.getOrDefault(row.getString(1), new TableBuilder(""));
    }

    private static ColumnModel column(ResultSet row) throws SQLException {
        String expression = row.getString(5);
        String generated = row.getString(7);
        boolean isGenerated = !generated.isBlank();
        String collation = row.getString(9);
        return new ColumnModel(
                row.getString(2),
                row.getString(3) + (collation == null ? "" : " collate " + collation),
                !row.getBoolean(4),
                isGenerated || expression == null ? null : plainText(expression),
                isGenerated
                        ? "generated always as (" + expression + ")" + (generated.equals("s") ? " stored" : " virtual")
                        : null,
                identity(row.getString(6)),
                null,
                Objects.requireNonNullElse(row.getString(8), ""));
    }

    private static @Nullable String identity(String kind) {
        return switch (kind) {
            case "d" -> "generated by default as identity";
            case "a" -> "generated always as identity";
            default -> null;
        };
    }

    private static Constraint constraint(ResultSet row, String schema, String shared) throws SQLException {
        String name = row.getString(2);
        List<String> columns = strings(row.getArray(4));
        return switch (row.getString(3)) {
            case "p" -> new Constraint.PrimaryKey(name, columns);
            case "u" -> new Constraint.Unique(name, columns);
            case "f" ->
                new Constraint.ForeignKey(
                        name,
                        columns,
                        Catalog.reference(row.getString(5), schema, shared),
                        row.getString(6),
                        strings(row.getArray(7)),
                        (Catalog.action("update", rule(row.getString(8)))
                                        + Catalog.action("delete", rule(row.getString(9)))
                                        + (row.getBoolean(11) ? " deferrable" : "")
                                        + (row.getBoolean(12) ? " initially deferred" : ""))
                                .strip());
            default -> new Constraint.Check(name, check(row.getString(10)));
        };
    }

    private static String rule(String letter) {
        return switch (letter) {
            case "c" -> "cascade";
            case "n" -> "set null";
            case "d" -> "set default";
            default -> "";
        };
    }

    /** From {@code CHECK (x > 0) NOT VALID} to {@code x > 0}. */
    private static String check(String definition) {
        return plainText(SqlText.of(definition).inParentheses());
    }

    private static String plainText(String expression) {
        Matcher in = IN.matcher(expression);
        String simpler = in.replaceAll(found -> {
            String column = found.group(1) == null ? found.group(2) : found.group(1);
            return Matcher.quoteReplacement(column + " in (" + String.join(", ", texts(found.group(3))) + ")");
        });
        return TEXT.matcher(simpler).replaceAll("$1");
    }

    private static List<String> texts(String list) {
        List<String> texts = new ArrayList<>();
        Matcher each = TEXT.matcher(list);
        while (each.find()) {
            texts.add(each.group(1));
        }
        return texts;
    }

    private static Constraint.Index index(ResultSet row) throws SQLException {
        String method = row.getString(4);
        List<String> included = strings(row.getArray(6));
        String predicate = row.getString(7);
        return new Constraint.Index(
                row.getString(2),
                row.getBoolean(3),
                strings(row.getArray(5)),
                method.equals("btree") ? "" : " using " + method,
                (included.isEmpty() ? "" : " include (" + String.join(", ", included) + ")")
                        + (predicate == null ? "" : " where " + plainText(predicate)));
    }

    private static SequenceModel sequence(ResultSet row) throws SQLException {
        return new SequenceModel(
                row.getString(1),
                row.getBigDecimal(2).toBigIntegerExact(),
                row.getBigDecimal(3).toBigIntegerExact(),
                row.getBigDecimal(4).toBigIntegerExact(),
                row.getBigDecimal(5).toBigIntegerExact(),
                row.getLong(6),
                row.getBoolean(7));
    }

    private static Map<String, EnumModel> enums(Query query, String schema) throws SQLException {
        Map<String, EnumModel> enums = new TreeMap<>();
        query.each(
                ENUMS,
                row -> enums.merge(
                        row.getString(1),
                        new EnumModel(row.getString(1), List.of(row.getString(2)), "enum (" + row.getString(3) + ")"),
                        PostgresCatalog::together),
                schema);
        return enums;
    }

    private static EnumModel together(EnumModel first, EnumModel next) {
        List<String> values = new ArrayList<>(first.values());
        values.addAll(next.values());
        return new EnumModel(
                first.name(),
                values,
                first.definition().replaceAll("\\)$", ", ") + next.definition().substring("enum (".length()));
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
