package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the names of types say: whether all values of one fit into another, and what a value of it would be. */
final class Types {
    private static final Pattern PARTS = Pattern.compile("([^(]+?)\\s*(?:\\(([^)]*)\\)\\s*([^()]*))?");
    private static final Pattern VALUE = Pattern.compile("'((?:[^']|'')*)'");

    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("character varying", "varchar"),
            Map.entry("character", "char"),
            Map.entry("int", "integer"),
            Map.entry("decimal", "numeric"),
            Map.entry("double", "double precision"),
            Map.entry("character large object", "clob"),
            Map.entry("binary varying", "varbinary"),
            Map.entry("binary large object", "blob"));

    /** In each, a value of a type fits into those after it. */
    private static final List<List<String>> FAMILIES = List.of(
            List.of("tinyint", "smallint", "mediumint", "integer", "bigint"),
            List.of("real", "double precision"),
            List.of("char", "varchar", "tinytext", "text", "mediumtext", "clob", "longtext"),
            List.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"));

    enum Fit {
        /** Every value fits. */
        WIDER,
        /** It is the same kind of value, but some do not fit. */
        NARROWER,
        /** Values have to be converted. */
        CONVERSION
    }

    private record Parts(String base, List<Integer> arguments) {
        static Parts of(String type) {
            Matcher parts = PARTS.matcher(type.toLowerCase(Locale.ROOT).strip());
            if (!parts.matches()) {
                return new Parts(type, List.of());
            }
            String rest = parts.group(3) == null ? "" : parts.group(3);
            String base = parts.group(1) + (rest.isEmpty() ? "" : " " + rest);
            List<Integer> arguments = new ArrayList<>();
            if (parts.group(2) != null) {
                for (String argument : parts.group(2).split(",", -1)) {
                    arguments.add(argument.strip().matches("\\d{1,9}") ? Integer.valueOf(argument.strip()) : -1);
                }
            }
            return new Parts(SYNONYMS.getOrDefault(base, base), arguments);
        }

        int argument(int index) {
            return index < arguments.size() ? arguments.get(index) : index == 0 ? Integer.MAX_VALUE : 0;
        }
    }

    private Types() {}

    static Fit fit(String from, String to) {
        if (isEnum(from) && isEnum(to)) {
            return values(to).containsAll(values(from)) ? Fit.WIDER : Fit.NARROWER;
        }
        Parts before = Parts.of(from);
        Parts after = Parts.of(to);
        if (before.base.equals(after.base)) {
            return fits(before, after) ? Fit.WIDER : Fit.NARROWER;
        }
        for (List<String> family : FAMILIES) {
            int first = family.indexOf(before.base);
            int second = family.indexOf(after.base);
            if (first >= 0 && second >= 0) {
                boolean shorter = !after.arguments.isEmpty() && before.argument(0) > after.argument(0);
                return first < second && !shorter ? Fit.WIDER : Fit.NARROWER;
            }
        }
        return Fit.CONVERSION;
    }

    private static boolean fits(Parts before, Parts after) {
        if (before.base.equals("numeric") && !after.arguments.isEmpty()) {
            return after.argument(0) - after.argument(1) >= before.argument(0) - before.argument(1)
                    && after.argument(1) >= before.argument(1);
        }
        return after.argument(0) >= before.argument(0);
    }

    private static boolean isEnum(String type) {
        return type.toLowerCase(Locale.ROOT).startsWith("enum");
    }

    /** Returns the texts in quotes. */
    static Set<String> values(String type) {
        Set<String> values = new LinkedHashSet<>();
        Matcher each = VALUE.matcher(type);
        while (each.find()) {
            values.add(each.group(1));
        }
        return values;
    }

    /** Returns a value that a column can have where nobody knows a better one; null if there is no such value. */
    static @Nullable String neutral(String type) {
        if (isEnum(type)) {
            Set<String> values = values(type);
            return values.isEmpty() ? null : "'" + values.iterator().next() + "'";
        }
        String base = Parts.of(type).base;
        if (base.endsWith("int") || base.equals("integer") || base.equals("numeric") || isFloat(base)) {
            return "0";
        }
        if (base.endsWith("char") || base.endsWith("text") || base.equals("clob") || base.equals("bytea")) {
            return "''";
        }
        return switch (base) {
            case "boolean" -> "false";
            case "bit" -> "b'0'";
            case "date" -> "'1970-01-01'";
            case "time", "time without time zone" -> "'00:00:00'";
            case "timestamp", "datetime", "timestamp without time zone" -> "'1970-01-01 00:00:00'";
            case "timestamp with time zone" -> "'1970-01-01 00:00:00+00:00'";
            case "uuid" -> "'00000000-0000-0000-0000-000000000000'";
            case "varbinary", "blob" -> "X''";
            default -> null;
        };
    }

    private static boolean isFloat(String base) {
        return base.equals("real") || base.equals("float") || base.equals("double precision");
    }

    /** Whether the text of a value is that of a number. */
    static boolean isNumber(String type) {
        return "0".equals(neutral(type));
    }

    static boolean isBoolean(String type) {
        String neutral = neutral(type);
        return "false".equals(neutral) || "b'0'".equals(neutral);
    }
}
