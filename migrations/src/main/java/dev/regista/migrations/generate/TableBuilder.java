package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what several queries say of a table. Not for several threads. */
final class TableBuilder {
    final String name;
    final List<ColumnModel> columns = new ArrayList<>();
    final List<Constraint> constraints = new ArrayList<>();
    final List<String> triggers = new ArrayList<>();
    String comment = "";
    String options = "";

    /** Constraints that come column by column, by their name. */
    final Map<String, List<String>> keys = new TreeMap<>();

    TableBuilder(String name) {
        this.name = name;
    }

    List<String> key(String constraint) {
        return keys.computeIfAbsent(constraint, none -> new ArrayList<>());
    }

    TableModel build() {
        return new TableModel(name, columns, constraints, comment, options, rows(), triggers);
    }

    /** A table in place of a sequence has one row, without which there would be no ids. */
    private List<String> rows() {
        boolean isGenerator = columns.size() == 1 && columns.get(0).name().equalsIgnoreCase("next_val");
        return isGenerator ? List.of("insert into " + name + " (next_val) values (1)") : List.of();
    }

    static Map<String, TableModel> build(Map<String, TableBuilder> tables) {
        return tables.values().stream().map(TableBuilder::build).collect(byName(TableModel::name));
    }

    static <T> java.util.stream.Collector<T, ?, Map<String, T>> byName(Function<T, String> name) {
        return Collectors.toMap(name, Function.identity(), (a, b) -> b, TreeMap::new);
    }
}
