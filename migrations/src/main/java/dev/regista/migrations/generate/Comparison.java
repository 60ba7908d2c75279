package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the changes from one schema to another, in an order in which they can be made. */
final class Comparison {
    /** What rows get, by {@code table.column}; and which columns stay nullable. */
    record Values(Map<String, String> defaults, Set<String> nullable) {}

    /** What every primary key of MariaDB is called. */
    private static final String MARIADB_PRIMARY = "PRIMARY";

    private final SchemaModel before;
    private final SchemaModel after;
    private final Values values;
    private final Platform platform;

    private final List<Change> dropKeys = new ArrayList<>();
    private final List<Change> dropConstraints = new ArrayList<>();
    private final List<Change> create = new ArrayList<>();
    private final List<Change> addColumns = new ArrayList<>();
    private final List<Change> alterColumns = new ArrayList<>();
    private final List<Change> dropColumns = new ArrayList<>();
    private final List<Change> addConstraints = new ArrayList<>();
    private final List<Change> addKeys = new ArrayList<>();
    private final List<Change> drop = new ArrayList<>();
    private final List<Change> comments = new ArrayList<>();

    private Comparison(SchemaModel before, SchemaModel after, Values values, Platform platform) {
        this.before = before;
        this.after = after;
        this.values = values;
        this.platform = platform;
    }

    static List<Change> of(SchemaModel before, SchemaModel after, Values values, Platform platform) {
        Comparison comparison = new Comparison(before, after, values, platform);
        comparison.enums();
        comparison.sequences();
        comparison.tables();
        comparison.rebuildKeys();
        List<Change> changes = new ArrayList<>();
        changes.addAll(comparison.dropKeys);
        changes.addAll(comparison.dropConstraints);
        changes.addAll(comparison.create);
        changes.addAll(comparison.addColumns);
        changes.addAll(comparison.alterColumns);
        changes.addAll(comparison.dropColumns);
        changes.addAll(comparison.addConstraints);
        changes.addAll(comparison.addKeys);
        changes.addAll(comparison.drop);
        changes.addAll(comparison.comments);
        return changes;
    }

    private void enums() {
        after.enums().forEach((name, type) -> {
            EnumModel old = before.enums().get(name);
            if (old == null) {
                create.add(new Change.CreateEnum(type));
            } else if (!old.equals(type)) {
                create.add(new Change.AlterEnum(old, type, users(name)));
            }
        });
        before.enums().values().stream()
                .filter(type -> !after.enums().containsKey(type.name()))
                .forEach(type -> drop.add(new Change.DropEnum(type)));
    }

    private List<Change.AlterEnum.Use> users(String type) {
        List<Change.AlterEnum.Use> users = new ArrayList<>();
        for (TableModel table : before.tables().values()) {
            table.columns().stream()
                    .filter(column -> column.type().equals(platform.names().of(type)))
                    .forEach(column -> users.add(new Change.AlterEnum.Use(table.name(), column)));
        }
        return users;
    }

    private void sequences() {
        after.sequences().forEach((name, sequence) -> {
            SequenceModel old = before.sequences().get(name);
            if (old == null) {
                create.add(new Change.CreateSequence(sequence));
            } else if (!old.sameAs(sequence)) {
                create.add(new Change.AlterSequence(old, sequence));
            }
        });
        before.sequences().values().stream()
                .filter(sequence -> !after.sequences().containsKey(sequence.name()))
                .forEach(sequence -> drop.add(new Change.DropSequence(sequence)));
    }

    private void tables() {
        for (TableModel table : after.tables().values()) {
            Optional<TableModel> old = before.table(table.name());
            if (old.isPresent()) {
                new TableComparison(old.get(), table).compare();
            } else {
                create.add(new Change.CreateTable(withoutKeys(table)));
                table.constraints(Constraint.ForeignKey.class)
                        .forEach(key -> addKeys.add(new Change.AddConstraint(table.name(), named(table.name(), key))));
            }
        }
        // Last to first, so that they are created first to last on the way back.
        List<TableModel> gone = new ArrayList<>(before.tables().values());
        gone.removeIf(table -> after.tables().containsKey(table.name()));
        Collections.reverse(gone);
        for (TableModel table : gone) {
            table.constraints(Constraint.ForeignKey.class)
                    .forEach(key -> dropKeys.add(new Change.DropConstraint(table.name(), key)));
            drop.add(new Change.DropTable(withoutKeys(table)));
        }
    }

    /** Its foreign keys come when all tables are there. Names that the database made up are left to it. */
    private TableModel withoutKeys(TableModel table) {
        return table.withConstraints(table.constraints().stream()
                .filter(constraint -> !(constraint instanceof Constraint.ForeignKey))
                .map(constraint -> platform.isMadeUp(constraint.name())
                        ? constraint.named("")
                        : isTaken(table.name(), constraint) ? named(table.name(), constraint) : constraint)
                .toList());
    }

    /** A constraint that is dropped later must have a name that is known now, and that no other has. */
    private Constraint named(String table, Constraint constraint) {
        if (!platform.namesConstraints()
                || (!constraint.name().isEmpty()
                        && !platform.isMadeUp(constraint.name())
                        && !isTaken(table, constraint))) {
            return constraint;
        }
        String content = table + constraint.named("");
        String shortened = table.substring(0, Math.min(table.length(), 45));
        return constraint.named(platform.folded(
                prefix(constraint) + shortened + String.format(Locale.ROOT, "_%08x", content.hashCode())));
    }

    private static String prefix(Constraint constraint) {
        if (constraint instanceof Constraint.PrimaryKey) {
            return "pk_";
        } else if (constraint instanceof Constraint.Unique) {
            return "uk_";
        } else if (constraint instanceof Constraint.Check) {
            return "ck_";
        }
        return constraint instanceof Constraint.Index ? "ix_" : "fk_";
    }

    /** Hibernate makes names of those of tables and columns: one that was renamed keeps the name that its follower gets. */
    private boolean isTaken(String table, Constraint constraint) {
        return !(constraint instanceof Constraint.Check || constraint.name().equals(MARIADB_PRIMARY))
                && before.tables().values().stream()
                        .filter(other -> !other.name().equals(table))
                        .flatMap(other -> other.constraints().stream())
                        .anyMatch(other -> other.name().equalsIgnoreCase(constraint.name())
                                && !other.name().isEmpty());
    }

    /** One table that was there before. */
    private final class TableComparison {
        private final TableModel old;
        private final TableModel table;

        TableComparison(TableModel old, TableModel table) {
            this.old = old;
            this.table = table;
        }

        void compare() {
            for (ColumnModel column : table.columns()) {
                old.column(column.name()).ifPresentOrElse(was -> alter(was, column), () -> add(column));
            }
            for (ColumnModel column : old.columns()) {
                if (table.column(column.name()).isEmpty()) {
                    dropColumns.add(new Change.DropColumn(table.name(), column));
                }
            }
            constraints();
            if (!old.comment().equals(table.comment())) {
                comments.add(new Change.CommentTable(table.name(), old.comment(), table.comment()));
            }
        }

        private void add(ColumnModel column) {
            String fill = fill(column);
            boolean staysNullable = values.nullable().contains(table.name() + '.' + column.name());
            if (column.nullable() || staysNullable) {
                addColumns.add(new Change.AddColumn(table.name(), column.nullable(true), null));
                if (fill != null) {
                    addColumns.add(new Change.FillColumn(table.name(), column.name(), fill));
                }
            } else {
                addColumns.add(new Change.AddColumn(table.name(), column, column.canBeOmitted() ? null : fill));
            }
        }

        private void alter(ColumnModel was, ColumnModel column) {
            boolean staysNullable = was.nullable() && values.nullable().contains(table.name() + '.' + column.name());
            ColumnModel wanted = staysNullable ? column.nullable(true) : column;
            if (!was.equals(wanted)) {
                String fill = was.nullable() && !wanted.nullable() ? fill(column) : null;
                alterColumns.add(new Change.AlterColumn(table.name(), was, wanted, fill));
            }
        }

        private @Nullable String fill(ColumnModel column) {
            String value = values.defaults().get(table.name() + '.' + column.name());
            return value == null ? null : platform.ddl().literal(column.type(), value);
        }

        private void constraints() {
            List<Constraint> gone = new ArrayList<>(old.constraints());
            List<Constraint> fresh = new ArrayList<>();
            List<Constraint> others = new ArrayList<>();
            for (Constraint constraint : table.constraints()) {
                if (!gone.remove(constraint)) {
                    others.add(constraint);
                }
            }
            for (Constraint constraint : others) {
                Optional<Constraint> same =
                        gone.stream().filter(constraint::sameAs).findFirst();
                same.ifPresentOrElse(gone::remove, () -> fresh.add(constraint));
            }
            gone.removeIf(constraint -> platform.isUnwritten(constraint) && hasColumns(table, constraint));
            gone.forEach(constraint -> (constraint instanceof Constraint.ForeignKey ? dropKeys : dropConstraints)
                    .add(new Change.DropConstraint(table.name(), constraint)));
            fresh.forEach(constraint -> (constraint instanceof Constraint.ForeignKey ? addKeys : addConstraints)
                    .add(new Change.AddConstraint(table.name(), named(table.name(), constraint))));
        }
    }

    private static boolean hasColumns(TableModel table, Constraint constraint) {
        List<String> columns = constraint instanceof Constraint.ForeignKey key
                ? key.columns()
                : constraint instanceof Constraint.Unique unique
                        ? unique.columns()
                        : ((Constraint.Index) constraint)
                                .keys().stream()
                                        .map(key -> SqlText.of(key).firstName())
                                        .toList();
        return columns.stream().allMatch(column -> table.column(column).isPresent());
    }

    /** A foreign key that stays is in the way of changes to what it is made of: it goes, and comes back. */
    private void rebuildKeys() {
        Set<String> touched = touched();
        if (touched.isEmpty() || platform.rebuildsTables()) {
            return;
        }
        before.tables()
                .forEach((name, table) -> table.constraints(Constraint.ForeignKey.class)
                        .filter(key -> touches(touched, name, key))
                        .map(key -> new Change.DropConstraint(name, key))
                        .filter(change -> !dropKeys.contains(change))
                        .forEach(change -> {
                            dropKeys.add(change);
                            addKeys.add(new Change.AddConstraint(name, change.constraint()));
                        }));
    }

    private boolean touches(Set<String> touched, String table, Constraint.ForeignKey key) {
        return key.columns().stream().anyMatch(column -> touched.contains(table + '.' + column))
                || (key.schema().isEmpty()
                        && key.referenced().stream().anyMatch(column -> touched.contains(key.table() + '.' + column)));
    }

    private Set<String> touched() {
        Set<String> touched = new TreeSet<>();
        for (Change change : alterColumns) {
            Change.AlterColumn alter = (Change.AlterColumn) change;
            if (alter.changesType()) {
                touched.add(alter.table() + '.' + alter.after().name());
            }
        }
        Map<Change, Constraint> keys = new LinkedHashMap<>();
        dropConstraints.forEach(change -> keys.put(change, ((Change.DropConstraint) change).constraint()));
        if (platform.keysNeedIndexes()) {
            addConstraints.forEach(change -> keys.put(change, ((Change.AddConstraint) change).constraint()));
        }
        keys.forEach((change, constraint) -> {
            String table = change instanceof Change.DropConstraint gone
                    ? gone.table()
                    : ((Change.AddConstraint) change).table();
            columns(constraint).forEach(column -> touched.add(table + '.' + column));
        });
        return touched;
    }

    private List<String> columns(Constraint constraint) {
        if (constraint instanceof Constraint.PrimaryKey key) {
            return key.columns();
        } else if (constraint instanceof Constraint.Unique unique) {
            return unique.columns();
        } else if (constraint instanceof Constraint.Index index && platform.keysNeedIndexes()) {
            return index.keys().stream().map(key -> SqlText.of(key).firstName()).toList();
        }
        return List.of();
    }
}
