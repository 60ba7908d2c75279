package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The DDL of SQLite, which can change little in place. What it cannot change is built anew in one transaction: rows go into
 * a copy, the table is dropped, created as it shall be, and filled again. Foreign keys to it are checked at the end of the
 * transaction; those that would delete or change rows when the table is dropped are taken out of the way, by building the
 * tables that have them anew too.
 */
final class SqliteDdl extends Ddl {
    private static final String COPY = "regista_copy_";

    SqliteDdl(Names names) {
        super(names);
    }

    @Override
    List<String> statements(List<Change> changes, SchemaModel before, SchemaModel after) {
        List<String> statements = new ArrayList<>();
        SchemaModel current = before;
        List<Change> block = new ArrayList<>();
        for (Change change : changes) {
            if (isRename(change)) {
                statements.addAll(block(block, current));
                block.add(change);
                statements.addAll(super.statements(List.of(change), current, after));
                current = Applied.to(current, block, names);
                block.clear();
            } else {
                block.add(change);
            }
        }
        statements.addAll(block(block, current));
        return statements;
    }

    private static boolean isRename(Change change) {
        return change instanceof Change.RenameTable || change instanceof Change.RenameColumn;
    }

    private List<String> block(List<Change> changes, SchemaModel before) {
        if (changes.isEmpty()) {
            return List.of();
        }
        return new Block(changes, before, Applied.to(before, changes, names)).statements();
    }

    /** Changes without renames between them: each table goes from one form to another. */
    private final class Block {
        private final List<Change> changes;
        private final SchemaModel before;
        private final SchemaModel after;
        private final List<String> statements = new ArrayList<>();

        Block(List<Change> changes, SchemaModel before, SchemaModel after) {
            this.changes = changes;
            this.before = before;
            this.after = after;
        }

        List<String> statements() {
            Set<String> dropped = new TreeSet<>(before.tables().keySet());
            dropped.removeAll(after.tables().keySet());
            Set<String> created = new TreeSet<>(after.tables().keySet());
            created.removeAll(before.tables().keySet());
            Set<String> rebuilt = rebuilt(dropped);
            if (!rebuilt.isEmpty() || !dropped.isEmpty()) {
                statements.add("pragma defer_foreign_keys = on");
            }
            List<String> gone = inOrder(union(dropped, rebuilt), before);
            Collections.reverse(gone);
            for (String name : gone) {
                if (rebuilt.contains(name)) {
                    statements.add("create table " + copy(name) + " as select * from " + names.of(name));
                    if (counts(table(before, name))) {
                        statements.add("insert into sqlite_sequence (name, seq) select " + literal(COPY + name)
                                + ", seq from sqlite_sequence where name = " + literal(name));
                    }
                }
                statements.add("drop table " + names.of(name));
            }
            for (String name : inOrder(union(created, rebuilt), after)) {
                TableModel table = table(after, name);
                List<String> creation = createTable(rebuilt.contains(name) ? table.withRows(List.of()) : table);
                statements.add(creation.get(0));
                if (rebuilt.contains(name)) {
                    fillAgain(table(before, name), table);
                    statements.addAll(table.triggers());
                }
                statements.addAll(creation.subList(1, creation.size()));
            }
            changes.forEach(change -> inPlace(change, rebuilt));
            return statements;
        }

        private void fillAgain(TableModel from, TableModel to) {
            List<String> columns = new ArrayList<>();
            List<String> values = new ArrayList<>();
            Map<String, String> fills = fills(to.name());
            for (ColumnModel column : to.columns()) {
                String fill = fills.get(column.name());
                boolean existed = from.column(column.name()).isPresent();
                if (column.generated() == null && (existed || fill != null)) {
                    String name = names.of(column.name());
                    columns.add(name);
                    values.add(!existed ? fill : fill == null ? name : "coalesce(" + name + ", " + fill + ")");
                }
            }
            statements.add("insert into " + names.of(to.name()) + " (" + String.join(", ", columns) + ") select "
                    + String.join(", ", values) + " from " + copy(to.name()));
            statements.add("drop table " + copy(to.name()));
            if (counts(from)) {
                countOn(to);
            }
        }

        /** Ids of rows that are gone are not to come again. */
        private void countOn(TableModel table) {
            if (counts(table)) {
                statements.add("delete from sqlite_sequence where name = " + literal(table.name()));
                statements.add("update sqlite_sequence set name = " + literal(table.name()) + " where name = "
                        + literal(COPY + table.name()));
            } else {
                statements.add("delete from sqlite_sequence where name = " + literal(COPY + table.name()));
            }
        }

        private Map<String, String> fills(String table) {
            Map<String, String> fills = new HashMap<>();
            for (Change change : changes) {
                if (change instanceof Change.AddColumn add
                        && add.fill() != null
                        && add.table().equals(table)) {
                    fills.put(add.column().name(), add.fill());
                } else if (change instanceof Change.AlterColumn alter
                        && alter.fill() != null
                        && alter.table().equals(table)) {
                    fills.put(alter.after().name(), alter.fill());
                }
            }
            return fills;
        }

        private void inPlace(Change change, Set<String> rebuilt) {
            if (change instanceof Change.FillColumn fill) {
                statements.add(fill(fill.table(), fill.column(), fill.value()));
            } else if (change instanceof Change.AddColumn add && !rebuilt.contains(add.table())) {
                statements.add(alter(add.table()) + "add column " + definition(add.column()));
            } else if (change instanceof Change.AddConstraint add
                    && add.constraint() instanceof Constraint.Index index
                    && !rebuilt.contains(add.table())) {
                statements.add(createIndex(add.table(), index));
            } else if (change instanceof Change.DropConstraint drop
                    && drop.constraint() instanceof Constraint.Index index
                    && !rebuilt.contains(drop.table())) {
                statements.add(dropIndex(drop.table(), index));
            }
        }

        /** The tables that cannot be changed in place, and those whose rows would suffer when these are dropped. */
        private Set<String> rebuilt(Set<String> dropped) {
            Set<String> rebuilt = new TreeSet<>();
            for (Change change : changes) {
                String table = needsRebuild(change);
                if (before.table(table).isPresent() && after.table(table).isPresent()) {
                    rebuilt.add(table);
                }
            }
            Set<String> gone = new TreeSet<>(rebuilt);
            gone.addAll(dropped);
            while (addActing(gone, rebuilt)) {
                gone.addAll(rebuilt);
            }
            return rebuilt;
        }

        private boolean addActing(Set<String> gone, Set<String> rebuilt) {
            boolean added = false;
            for (TableModel table : before.tables().values()) {
                boolean acts = table.constraints(Constraint.ForeignKey.class)
                        .anyMatch(key ->
                                gone.contains(key.table()) && key.actions().contains("on delete"));
                if (acts && !gone.contains(table.name())) {
                    added |= rebuilt.add(table.name());
                }
            }
            return added;
        }
    }

    /** Returns the table that a change needs to be built anew; empty if it can be done in place. */
    private static String needsRebuild(Change change) {
        if (change instanceof Change.AddColumn add) {
            ColumnModel column = add.column();
            boolean simple = column.nullable() && column.defaultValue() == null && column.generated() == null;
            return simple ? "" : add.table();
        } else if (change instanceof Change.DropColumn drop) {
            return drop.table();
        } else if (change instanceof Change.AlterColumn alter) {
            return alter.table();
        } else if (change instanceof Change.AddConstraint add) {
            return add.constraint() instanceof Constraint.Index ? "" : add.table();
        } else if (change instanceof Change.DropConstraint drop) {
            return drop.constraint() instanceof Constraint.Index ? "" : drop.table();
        }
        return "";
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Tables after those that they refer to, as far as they do not do so in a circle. */
    private static List<String> inOrder(Collection<String> tables, SchemaModel schema) {
        Map<String, Set<String>> references = new TreeMap<>();
        for (String name : tables) {
            Set<String> others = new TreeSet<>();
            table(schema, name).constraints(Constraint.ForeignKey.class).forEach(key -> others.add(key.table()));
            others.retainAll(tables);
            others.remove(name);
            references.put(name, others);
        }
        Set<String> ordered = new LinkedHashSet<>();
        references.keySet().forEach(name -> visit(name, references, new TreeSet<>(), ordered));
        return new ArrayList<>(ordered);
    }

    private static void visit(
            String name, Map<String, Set<String>> references, Set<String> under, Set<String> ordered) {
        if (!ordered.contains(name) && under.add(name)) {
            references.getOrDefault(name, Set.of()).forEach(other -> visit(other, references, under, ordered));
            ordered.add(name);
        }
    }

    private static TableModel table(SchemaModel schema, String name) {
        return schema.table(name).orElseThrow();
    }

    private String copy(String table) {
        return names.of(COPY + table);
    }

    @Override
    boolean isInTable(Constraint constraint) {
        return !(constraint instanceof Constraint.Index);
    }

    @Override
    boolean commentsAreInTables() {
        return true;
    }

    /** A column that counts must be the primary key in its own definition. */
    @Override
    String definition(ColumnModel column) {
        return "autoincrement".equals(column.identity())
                ? names.of(column.name()) + " integer primary key autoincrement"
                : super.definition(column);
    }

    private static boolean counts(TableModel table) {
        return table.columns().stream().anyMatch(column -> "autoincrement".equals(column.identity()));
    }

    @Override
    List<String> createTable(TableModel table) {
        return counts(table)
                ? super.createTable(table.withConstraints(table.constraints().stream()
                        .filter(constraint -> !(constraint instanceof Constraint.PrimaryKey))
                        .toList()))
                : super.createTable(table);
    }

    @Override
    List<String> alterColumn(Change.AlterColumn alter) {
        throw new IllegalStateException("SQLite changes no columns");
    }

    @Override
    List<String> renameSequence(String from, String to) {
        throw new IllegalStateException("SQLite has no sequences");
    }
}
