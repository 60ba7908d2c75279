package dev.regista.migrations.generate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes changes in the SQL of a database. The statements have no semicolon at their end. */
abstract class Ddl {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE - 1);

    private static final String NO_ENUMS = "This database has no types of named values";

    final Names names;

    Ddl(Names names) {
        this.names = names;
    }

    /**
     * Returns the statements of changes.
     *
     * @param before the schema that they begin with
     * @param after the schema that they lead to
     */
    List<String> statements(List<Change> changes, SchemaModel before, SchemaModel after) {
        return changes.stream().flatMap(change -> statements(change).stream()).toList();
    }

    private List<String> statements(Change change) {
        if (change instanceof Change.CreateTable create) {
            return createTable(create.table());
        } else if (change instanceof Change.DropTable drop) {
            return List.of("drop table " + names.of(drop.table().name()));
        } else if (change instanceof Change.RenameTable rename) {
            return List.of("alter table " + names.of(rename.from()) + " rename to " + names.of(rename.to()));
        } else if (change instanceof Change.CommentTable comment) {
            return List.of(comment(comment.table(), comment.after()));
        } else if (change instanceof Change.AddColumn add) {
            return addColumn(add);
        } else if (change instanceof Change.DropColumn drop) {
            return List.of(alter(drop.table()) + "drop column "
                    + names.of(drop.column().name()));
        } else if (change instanceof Change.RenameColumn rename) {
            return List.of(renameColumn(rename));
        } else if (change instanceof Change.AlterColumn alter) {
            return alterColumn(alter);
        } else if (change instanceof Change.FillColumn fill) {
            return List.of(fill(fill.table(), fill.column(), fill.value()));
        } else if (change instanceof Change.AddConstraint add) {
            return List.of(addConstraint(add.table(), add.constraint()));
        } else if (change instanceof Change.DropConstraint drop) {
            return dropConstraint(drop.table(), drop.constraint());
        } else {
            return ofSchema(change);
        }
    }

    private List<String> ofSchema(Change change) {
        if (change instanceof Change.CreateSequence create) {
            return List.of("create sequence " + sequence(create.sequence(), "start with"));
        } else if (change instanceof Change.DropSequence drop) {
            return List.of("drop sequence " + names.of(drop.sequence().name()));
        } else if (change instanceof Change.AlterSequence alter) {
            return List.of("alter sequence " + sequence(alter.after(), ""));
        } else if (change instanceof Change.RenameSequence rename) {
            return renameSequence(rename.from(), rename.to());
        } else if (change instanceof Change.CreateEnum create) {
            return createEnum(create.type());
        } else if (change instanceof Change.DropEnum drop) {
            return dropEnum(drop.type());
        } else {
            return alterEnum((Change.AlterEnum) change);
        }
    }

    final String alter(String table) {
        return "alter table " + names.of(table) + " ";
    }

    /** Returns what creates a table, with everything but its foreign keys, which come when all tables are there. */
    List<String> createTable(TableModel table) {
        List<String> lines = new ArrayList<>();
        table.columns().forEach(column -> lines.add(definition(column)));
        table.constraints().stream()
                .filter(constraint -> isInTable(constraint))
                .map(constraint -> constraint instanceof Constraint.PrimaryKey ? constraint.named("") : constraint)
                .map(this::constraint)
                .forEach(lines::add);
        List<String> statements = new ArrayList<>();
        statements.add("create table " + names.of(table.name()) + " (\n  " + String.join(",\n  ", lines) + "\n)"
                + options(table));
        if (!table.comment().isEmpty() && !commentsAreInTables()) {
            statements.add(comment(table.name(), table.comment()));
        }
        for (ColumnModel column : table.columns()) {
            if (!column.comment().isEmpty() && !commentsAreInTables()) {
                statements.add(commentColumn(table.name(), column));
            }
        }
        table.constraints(Constraint.Index.class).forEach(index -> statements.add(createIndex(table.name(), index)));
        statements.addAll(table.rows());
        return statements;
    }

    String options(TableModel table) {
        return table.options().isEmpty() ? "" : " " + table.options();
    }

    boolean isInTable(Constraint constraint) {
        return !(constraint instanceof Constraint.ForeignKey || constraint instanceof Constraint.Index);
    }

    /** Whether comments are written in the definitions of tables and columns. */
    boolean commentsAreInTables() {
        return false;
    }

    boolean generatedMayBeNotNull() {
        return true;
    }

    String definition(ColumnModel column) {
        StringBuilder sql =
                new StringBuilder(names.of(column.name())).append(' ').append(column.type());
        if (column.generated() != null) {
            sql.append(' ').append(column.generated());
        }
        if (column.identity() != null) {
            sql.append(' ').append(column.identity());
        }
        if (column.defaultValue() != null) {
            sql.append(" default ").append(column.defaultValue());
        }
        if (!column.nullable() && (column.generated() == null || generatedMayBeNotNull())) {
            sql.append(" not null");
        }
        if (column.check() != null) {
            sql.append(" check (").append(column.check()).append(')');
        }
        return sql.toString();
    }

    final String constraint(Constraint constraint) {
        String name = constraint.name().isEmpty() ? "" : "constraint " + names.of(constraint.name()) + " ";
        if (constraint instanceof Constraint.PrimaryKey key) {
            return name + "primary key (" + names.of(key.columns()) + ")";
        } else if (constraint instanceof Constraint.Unique unique) {
            return name + "unique (" + names.of(unique.columns()) + ")";
        } else if (constraint instanceof Constraint.Check check) {
            return name + "check (" + check.expression() + ")";
        } else {
            Constraint.ForeignKey key = (Constraint.ForeignKey) constraint;
            return name + "foreign key (" + names.of(key.columns()) + ") references " + referenced(key)
                    + (key.referenced().isEmpty() ? "" : " (" + names.of(key.referenced()) + ")")
                    + (key.actions().isEmpty() ? "" : " " + key.actions());
        }
    }

    private String referenced(Constraint.ForeignKey key) {
        return key.schema().isEmpty()
                ? names.of(key.table())
                : names.quoted(key.schema()) + "." + names.of(key.table());
    }

    String addConstraint(String table, Constraint constraint) {
        return constraint instanceof Constraint.Index index
                ? createIndex(table, index)
                : alter(table) + "add " + constraint(constraint);
    }

    String createIndex(String table, Constraint.Index index) {
        return "create " + (index.unique() ? "unique " : "") + "index " + names.of(index.name()) + " on "
                + names.of(table) + index.before() + " (" + String.join(", ", index.keys()) + ")" + index.after();
    }

    List<String> dropConstraint(String table, Constraint constraint) {
        if (constraint instanceof Constraint.Index index) {
            return List.of(dropIndex(table, index));
        }
        return List.of(alter(table) + "drop constraint " + names.of(constraint.name()));
    }

    String dropIndex(String table, Constraint.Index index) {
        return "drop index " + names.of(index.name());
    }

    /** Rows that exist get the value by a default, which is then taken away. */
    List<String> addColumn(Change.AddColumn add) {
        ColumnModel column = add.column();
        List<String> statements = new ArrayList<>();
        if (add.fill() == null) {
            statements.add(alter(add.table()) + "add column " + definition(column));
        } else {
            statements.add(alter(add.table()) + "add column " + definition(column.withDefault(add.fill())));
            statements.add(setDefault(add.table(), column));
        }
        if (!column.comment().isEmpty() && !commentsAreInTables()) {
            statements.add(commentColumn(add.table(), column));
        }
        return statements;
    }

    final String setDefault(String table, ColumnModel column) {
        return alter(table) + "alter column " + names.of(column.name())
                + (column.defaultValue() == null ? " drop default" : " set default " + column.defaultValue());
    }

    String renameColumn(Change.RenameColumn rename) {
        return alter(rename.table()) + "rename column " + names.of(rename.from()) + " to " + names.of(rename.to());
    }

    abstract List<String> alterColumn(Change.AlterColumn alter);

    final String fill(String table, String column, String value) {
        String name = names.of(column);
        return "update " + names.of(table) + " set " + name + " = " + value + " where " + name + " is null";
    }

    String comment(String table, String text) {
        return "comment on table " + names.of(table) + " is " + commentText(text);
    }

    String commentColumn(String table, ColumnModel column) {
        return "comment on column " + names.of(table) + "." + names.of(column.name()) + " is "
                + commentText(column.comment());
    }

    private String commentText(String text) {
        return text.isEmpty() ? "null" : literal(text);
    }

    String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Returns a value as it is written for a column of a type. */
    final @Nullable String literal(String type, String value) {
        if (Types.isBoolean(type)) {
            return booleanLiteral(type, value);
        }
        if (Types.isNumber(type)) {
            return value.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?") ? value : null;
        }
        return literal(value);
    }

    private @Nullable String booleanLiteral(String type, String value) {
        return switch (value) {
            case "true", "1" -> type.startsWith("bit") ? "b'1'" : "true";
            case "false", "0" -> type.startsWith("bit") ? "b'0'" : "false";
            default -> null;
        };
    }

    final String sequence(SequenceModel sequence, String start) {
        StringBuilder sql = new StringBuilder(names.of(sequence.name()));
        if (!start.isEmpty()) {
            sql.append(' ').append(start).append(' ').append(sequence.start());
        }
        sql.append(" increment by ").append(sequence.increment());
        boolean usual = sequence.minimum().equals(BigInteger.ONE)
                && sequence.maximum().compareTo(LARGEST) >= 0
                && sequence.increment().signum() > 0;
        if (!usual || start.isEmpty()) {
            sql.append(" minvalue ").append(sequence.minimum());
            sql.append(" maxvalue ").append(sequence.maximum());
        }
        sql.append(cache(sequence.cache()));
        if (sequence.cycle()) {
            sql.append(" cycle");
        } else if (start.isEmpty()) {
            sql.append(noCycle());
        }
        return sql.toString();
    }

    String cache(long size) {
        return " cache " + size;
    }

    String noCycle() {
        return " no cycle";
    }

    abstract List<String> renameSequence(String from, String to);

    List<String> createEnum(EnumModel type) {
        throw new IllegalStateException(NO_ENUMS);
    }

    List<String> dropEnum(EnumModel type) {
        throw new IllegalStateException(NO_ENUMS);
    }

    List<String> alterEnum(Change.AlterEnum alter) {
        throw new IllegalStateException(NO_ENUMS);
    }
}
