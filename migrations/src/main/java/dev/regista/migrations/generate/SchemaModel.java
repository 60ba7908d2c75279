package dev.regista.migrations.generate;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All that a comparison looks at in one schema. Immutable; iterates by name, so that what is made of it is always the same. */
record SchemaModel(Map<String, TableModel> tables, Map<String, SequenceModel> sequences, Map<String, EnumModel> enums) {
    static final SchemaModel EMPTY = new SchemaModel(Map.of(), Map.of(), Map.of());

    SchemaModel {
        tables = sorted(tables);
        sequences = sorted(sequences);
        enums = sorted(enums);
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return java.util.Collections.unmodifiableMap(new TreeMap<>(map));
    }

    Optional<TableModel> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    SchemaModel only(Predicate<String> names) {
        return new SchemaModel(only(tables, names), only(sequences, names), only(enums, names));
    }

    private static <V> Map<String, V> only(Map<String, V> map, Predicate<String> names) {
        Map<String, V> kept = new TreeMap<>(map);
        kept.keySet().removeIf(names.negate());
        return kept;
    }

    SchemaModel withTables(Map<String, TableModel> newTables) {
        return new SchemaModel(newTables, sequences, enums);
    }

    boolean isEmpty() {
        return tables.isEmpty() && sequences.isEmpty() && enums.isEmpty();
    }
}
