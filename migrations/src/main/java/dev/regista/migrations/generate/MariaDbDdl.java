package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.List;

/** The DDL of MariaDB, which says a column anew in order to change it. */
final class MariaDbDdl extends Ddl {
    MariaDbDdl(Names names) {
        super(names);
    }

    @Override
    String literal(String text) {
        return super.literal(text.replace("\\", "\\\\"));
    }

    @Override
    String cache(long size) {
        return size == 0 ? " nocache" : super.cache(size);
    }

    @Override
    String noCycle() {
        return " nocycle";
    }

    @Override
    boolean commentsAreInTables() {
        return true;
    }

    @Override
    boolean generatedMayBeNotNull() {
        return false;
    }

    @Override
    String addConstraint(String table, Constraint constraint) {
        return super.addConstraint(
                table, constraint instanceof Constraint.PrimaryKey ? constraint.named("") : constraint);
    }

    @Override
    String options(TableModel table) {
        return super.options(table) + (table.comment().isEmpty() ? "" : " comment=" + literal(table.comment()));
    }

    @Override
    String definition(ColumnModel column) {
        String sql = super.definition(column);
        return column.comment().isEmpty() ? sql : sql + " comment " + literal(column.comment());
    }

    @Override
    String comment(String table, String text) {
        return alter(table) + "comment = " + literal(text);
    }

    @Override
    String createIndex(String table, Constraint.Index index) {
        return "create " + (index.unique() ? "unique " : index.before().isEmpty() ? "" : index.before() + " ")
                + "index " + names.of(index.name()) + " on " + names.of(table) + " ("
                + String.join(", ", index.keys()) + ")";
    }

    @Override
    String dropIndex(String table, Constraint.Index index) {
        return "drop index " + names.of(index.name()) + " on " + names.of(table);
    }

    /** The index that came with a foreign key stays when it goes, unless it is told to. */
    @Override
    List<String> dropConstraint(String table, Constraint constraint) {
        String name = names.of(constraint.name());
        if (constraint instanceof Constraint.PrimaryKey) {
            return List.of(alter(table) + "drop primary key");
        } else if (constraint instanceof Constraint.Unique) {
            return List.of("drop index " + name + " on " + names.of(table));
        } else if (constraint instanceof Constraint.ForeignKey) {
            return List.of(
                    alter(table) + "drop foreign key " + name,
                    "drop index if exists " + name + " on " + names.of(table));
        }
        return super.dropConstraint(table, constraint);
    }

    @Override
    List<String> alterColumn(Change.AlterColumn alter) {
        List<String> statements = new ArrayList<>();
        if (alter.fill() != null) {
            statements.add(fill(alter.table(), alter.after().name(), alter.fill()));
        }
        boolean regenerates =
                (alter.before().generated() == null) != (alter.after().generated() == null);
        if (regenerates) {
            statements.add(alter(alter.table()) + "drop column "
                    + names.of(alter.before().name()));
            statements.addAll(addColumn(new Change.AddColumn(alter.table(), alter.after(), null)));
        } else {
            statements.add(alter(alter.table()) + "modify column " + definition(alter.after()));
        }
        return statements;
    }

    @Override
    List<String> renameSequence(String from, String to) {
        return List.of("rename table " + names.of(from) + " to " + names.of(to));
    }
}
