package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns what is to be renamed into changes. */
final class Renames {
    private final SchemaModel after;
    private final Platform platform;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Unknown unknown;
    private SchemaModel current;

    private Renames(SchemaModel before, SchemaModel after, Platform platform, Unknown unknown) {
        this.current = before;
        this.after = after;
        this.platform = platform;
        this.unknown = unknown;
    }

    /** The changes, and the schema that they lead to. */
    record Renamed(List<Change> changes, SchemaModel schema) {}

    /**
     * Renames.
     *
     * @throws dev.regista.ConfigurationException naming what is not there
     */
    static Renamed of(List<String> renames, SchemaModel before, SchemaModel after, Platform platform, Unknown unknown) {
        Renames all = new Renames(before, after, platform, unknown);
        // Tables first: then columns are looked for in what they are called in the end.
        renames.stream().filter(rename -> !rename.contains(".")).forEach(all::object);
        renames.stream().filter(rename -> rename.contains(".")).forEach(all::column);
        unknown.throwIfAny(all.problems);
        return new Renamed(all.changes, all.current);
    }

    private void object(String rename) {
        int equals = rename.indexOf('=');
        if (equals < 1 || equals == rename.length() - 1) {
            malformed(rename, "it is not of the form old=new");
            return;
        }
        String from = rename.substring(0, equals).strip();
        String to = rename.substring(equals + 1).strip();
        Optional<String> table = find(current.tables().keySet(), from);
        Optional<String> sequence = find(current.sequences().keySet(), from);
        Optional<String> newTable = find(after.tables().keySet(), to);
        Optional<String> newSequence = find(after.sequences().keySet(), to);
        if (table.isPresent() && newTable.isPresent()) {
            add(new Change.RenameTable(table.get(), newTable.get()));
        } else if (sequence.isPresent() && newSequence.isPresent()) {
            renameSequence(sequence.get(), newSequence.get());
        } else if (newTable.isEmpty() && newSequence.isEmpty()) {
            problem(
                    rename,
                    "no model has '" + to + "'; there are " + after.tables().keySet()
                            + after.sequences().keySet());
        } else if (find(current.tables().keySet(), to).isEmpty()
                && find(current.sequences().keySet(), to).isEmpty()) {
            problem(
                    rename,
                    "the schema has no '" + from + "'; there are "
                            + current.tables().keySet() + current.sequences().keySet());
        }
    }

    private void renameSequence(String from, String to) {
        changes.add(new Change.RenameSequence(from, to));
        Map<String, SequenceModel> sequences = new TreeMap<>(current.sequences());
        SequenceModel sequence = sequences.remove(from);
        if (sequence != null) {
            sequences.put(to, sequence.named(to));
        }
        current = new SchemaModel(current.tables(), sequences, current.enums());
    }

    private void column(String rename) {
        int equals = rename.indexOf('=');
        int dot = rename.indexOf('.');
        if (equals < 0 || dot > equals) {
            malformed(rename, "it is not of the form table.old=table.new");
            return;
        }
        String to = rename.substring(equals + 1).strip();
        String table = to.contains(".") ? to.substring(0, to.indexOf('.')) : rename.substring(0, dot);
        Optional<String> name = find(current.tables().keySet(), table);
        Optional<TableModel> model = name.flatMap(after::table);
        if (name.isEmpty() || model.isEmpty()) {
            problem(
                    rename,
                    "no model has the table '" + table + "'; there are "
                            + after.tables().keySet());
            return;
        }
        TableModel now = current.table(name.get()).orElseThrow();
        Optional<String> oldColumn =
                find(columns(now), rename.substring(dot + 1, equals).strip());
        Optional<String> newColumn = find(columns(model.get()), to.substring(to.indexOf('.') + 1));
        if (newColumn.isEmpty()) {
            problem(rename, "no model has that column; there are " + columns(model.get()));
        } else if (oldColumn.isPresent()) {
            add(new Change.RenameColumn(name.get(), oldColumn.get(), newColumn.get()));
        } else if (find(columns(now), newColumn.get()).isEmpty()) {
            problem(rename, "the table has no such column; there are " + columns(now));
        }
    }

    private void add(Change change) {
        changes.add(change);
        current = Applied.to(current, List.of(change), platform.names());
    }

    private void malformed(String rename, String why) {
        problems.add("'" + rename + "' cannot be renamed: " + why);
    }

    private void problem(String rename, String why) {
        unknown.add(rename, "'" + rename + "' cannot be renamed: " + why);
    }

    private static List<String> columns(TableModel table) {
        return table.columns().stream().map(ColumnModel::name).toList();
    }

    private static Optional<String> find(Collection<String> names, String name) {
        return names.stream().filter(name::equalsIgnoreCase).findFirst();
    }
}
