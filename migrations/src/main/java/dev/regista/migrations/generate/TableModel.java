package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A table.
 *
 * @param comment empty if there is none
 * @param options what follows its columns when it is created; not compared
 * @param rows statements that fill it when it is created; not compared
 * @param triggers statements that create what a table loses when it is built anew; not compared
 */
record TableModel(
        String name,
        List<ColumnModel> columns,
        List<Constraint> constraints,
        String comment,
        String options,
        List<String> rows,
        List<String> triggers) {

    private static final Comparator<Constraint> ORDER =
            Comparator.comparing(TableModel::rank).thenComparing(Constraint::toString);

    TableModel {
        columns = List.copyOf(columns);
        constraints = constraints.stream().sorted(ORDER).toList();
        rows = List.copyOf(rows);
        triggers = List.copyOf(triggers);
    }

    private static int rank(Constraint constraint) {
        return constraint instanceof Constraint.PrimaryKey
                ? 0
                : constraint instanceof Constraint.Unique ? 1 : constraint instanceof Constraint.Check ? 2 : 3;
    }

    Optional<ColumnModel> column(String column) {
        return columns.stream().filter(each -> each.name().equals(column)).findFirst();
    }

    <C extends Constraint> Stream<C> constraints(Class<C> type) {
        return constraints.stream().filter(type::isInstance).map(type::cast);
    }

    TableModel named(String newName) {
        return new TableModel(newName, columns, constraints, comment, options, rows, triggers);
    }

    TableModel withColumns(UnaryOperator<ColumnModel> change) {
        return new TableModel(
                name, columns.stream().map(change).toList(), constraints, comment, options, rows, triggers);
    }

    TableModel withConstraints(UnaryOperator<Constraint> change) {
        return new TableModel(
                name, columns, constraints.stream().map(change).toList(), comment, options, rows, triggers);
    }

    TableModel withConstraints(List<? extends Constraint> newOnes) {
        return new TableModel(name, columns, new ArrayList<>(newOnes), comment, options, rows, triggers);
    }

    TableModel withRows(List<String> newRows) {
        return new TableModel(name, columns, constraints, comment, options, newRows, triggers);
    }
}
