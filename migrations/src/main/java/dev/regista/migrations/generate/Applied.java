package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What changes make of a schema, as far as tables go. */
final class Applied {
    private final Map<String, TableModel> tables;
    private final Names names;

    private Applied(Map<String, TableModel> tables, Names names) {
        this.tables = tables;
        this.names = names;
    }

    static SchemaModel to(SchemaModel schema, List<Change> changes, Names names) {
        Applied applied = new Applied(new TreeMap<>(schema.tables()), names);
        changes.forEach(applied::apply);
        return schema.withTables(applied.tables);
    }

    private void apply(Change change) {
        if (change instanceof Change.CreateTable create) {
            tables.put(create.table().name(), create.table());
        } else if (change instanceof Change.DropTable drop) {
            tables.remove(drop.table().name());
        } else if (change instanceof Change.RenameTable rename) {
            renameTable(rename.from(), rename.to());
        } else if (change instanceof Change.RenameColumn rename) {
            renameColumn(rename);
        } else if (change instanceof Change.AddColumn add) {
            columns(add.table(), columns -> columns.add(add.column()));
        } else if (change instanceof Change.DropColumn drop) {
            columns(
                    drop.table(),
                    columns -> columns.removeIf(
                            column -> column.name().equals(drop.column().name())));
        } else if (change instanceof Change.AlterColumn alter) {
            columns(
                    alter.table(),
                    columns -> columns.replaceAll(
                            column -> column.name().equals(alter.after().name()) ? alter.after() : column));
        } else if (change instanceof Change.AddConstraint add) {
            constraints(add.table(), constraints -> constraints.add(add.constraint()));
        } else if (change instanceof Change.DropConstraint drop) {
            constraints(drop.table(), constraints -> constraints.remove(drop.constraint()));
        }
    }

    private interface Edit<T> {
        void of(List<T> list);
    }

    private void columns(String name, Edit<ColumnModel> edit) {
        tables.computeIfPresent(name, (same, table) -> {
            List<ColumnModel> columns = new ArrayList<>(table.columns());
            edit.of(columns);
            return new TableModel(
                    name,
                    columns,
                    table.constraints(),
                    table.comment(),
                    table.options(),
                    table.rows(),
                    table.triggers());
        });
    }

    private void constraints(String name, Edit<Constraint> edit) {
        tables.computeIfPresent(name, (same, table) -> {
            List<Constraint> constraints = new ArrayList<>(table.constraints());
            edit.of(constraints);
            return table.withConstraints(constraints);
        });
    }

    private void renameTable(String from, String to) {
        TableModel table = tables.remove(from);
        if (table != null) {
            tables.put(to, table.named(to));
        }
        tables.replaceAll((name, other) -> other.withConstraints(
                constraint -> constraint instanceof Constraint.ForeignKey key && isLocal(key, from)
                        ? new Constraint.ForeignKey(
                                key.name(), key.columns(), key.schema(), to, key.referenced(), key.actions())
                        : constraint));
    }

    private static boolean isLocal(Constraint.ForeignKey key, String table) {
        return key.schema().isEmpty() && key.table().equals(table);
    }

    private void renameColumn(Change.RenameColumn rename) {
        UnaryOperator<String> renamed = name -> name.equals(rename.from()) ? rename.to() : name;
        tables.computeIfPresent(
                rename.table(),
                (name, table) -> table.withColumns(column -> inColumn(column, rename))
                        .withConstraints(constraint -> inConstraint(constraint, rename, renamed)));
        tables.replaceAll((name, table) -> table.withConstraints(
                constraint -> constraint instanceof Constraint.ForeignKey key && isLocal(key, rename.table())
                        ? new Constraint.ForeignKey(
                                key.name(),
                                key.columns(),
                                key.schema(),
                                key.table(),
                                key.referenced().stream().map(renamed).toList(),
                                key.actions())
                        : constraint));
    }

    private ColumnModel inColumn(ColumnModel column, Change.RenameColumn rename) {
        ColumnModel expressed = column.withExpressions(
                column.generated() == null ? null : expression(column.generated(), rename),
                column.check() == null ? null : expression(column.check(), rename));
        return column.name().equals(rename.from()) ? expressed.named(rename.to()) : expressed;
    }

    private Constraint inConstraint(Constraint constraint, Change.RenameColumn rename, UnaryOperator<String> renamed) {
        if (constraint instanceof Constraint.PrimaryKey key) {
            return new Constraint.PrimaryKey(
                    key.name(), key.columns().stream().map(renamed).toList());
        } else if (constraint instanceof Constraint.Unique unique) {
            return new Constraint.Unique(
                    unique.name(), unique.columns().stream().map(renamed).toList());
        } else if (constraint instanceof Constraint.Check check) {
            return new Constraint.Check(check.name(), expression(check.expression(), rename));
        } else if (constraint instanceof Constraint.ForeignKey key) {
            return new Constraint.ForeignKey(
                    key.name(),
                    key.columns().stream().map(renamed).toList(),
                    key.schema(),
                    key.table(),
                    key.referenced(),
                    key.actions());
        }
        Constraint.Index index = (Constraint.Index) constraint;
        return new Constraint.Index(
                index.name(),
                index.unique(),
                index.keys().stream()
                        .map(key -> SqlText.of(key).replaced(names.of(rename.from()), names.of(rename.to())))
                        .toList(),
                index.before(),
                SqlText.of(index.after()).replaced(names.of(rename.from()), names.of(rename.to())));
    }

    private String expression(String sql, Change.RenameColumn rename) {
        return SqlText.of(sql).renamed(rename.from(), names.of(rename.to()), names.quoted(rename.to()));
    }
}
