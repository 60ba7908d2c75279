package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The DDL of PostgreSQL. */
final class PostgresDdl extends Ddl {
    /** What a type is called while the one that takes its name is made. */
    private static final String FORMER = "regista_former_";

    PostgresDdl(Names names) {
        super(names);
    }

    /** As {@link #createIndex}, but without keeping others from writing; in no transaction. */
    String createConcurrently(String table, Constraint.Index index) {
        return createIndex(table, index).replaceFirst(" index ", " index concurrently ");
    }

    String dropConcurrently(Constraint.Index index) {
        return "drop index concurrently " + names.of(index.name());
    }

    @Override
    String cache(long size) {
        return size == 1 ? "" : super.cache(size);
    }

    @Override
    List<String> alterColumn(Change.AlterColumn alter) {
        ColumnModel before = alter.before();
        ColumnModel after = alter.after();
        String column = alter(alter.table()) + "alter column " + names.of(after.name());
        List<String> statements = new ArrayList<>();
        if (!Objects.equals(before.generated(), after.generated())) {
            return regenerate(alter);
        }
        boolean retype = alter.changesType();
        if (before.defaultValue() != null && (retype || !Objects.equals(before.defaultValue(), after.defaultValue()))) {
            statements.add(column + " drop default");
        }
        if (before.identity() != null && after.identity() == null) {
            statements.add(column + " drop identity");
        }
        if (retype) {
            boolean converts = Types.fit(before.type(), after.type()) == Types.Fit.CONVERSION;
            statements.add(column + " type " + after.type()
                    + (converts ? " using " + names.of(after.name()) + "::" + after.type() : ""));
        }
        if (alter.fill() != null) {
            statements.add(fill(alter.table(), after.name(), alter.fill()));
        }
        if (before.nullable() != after.nullable()) {
            statements.add(column + (after.nullable() ? " drop not null" : " set not null"));
        }
        identity(alter, column, statements);
        if (after.defaultValue() != null && (retype || !Objects.equals(before.defaultValue(), after.defaultValue()))) {
            statements.add(column + " set default " + after.defaultValue());
        }
        if (!before.comment().equals(after.comment())) {
            statements.add(commentColumn(alter.table(), after));
        }
        return statements;
    }

    /** A new numbering goes on after what is there. */
    private void identity(Change.AlterColumn alter, String column, List<String> statements) {
        String before = alter.before().identity();
        String after = alter.after().identity();
        if (after != null && before == null) {
            String name = names.of(alter.after().name());
            String table = names.of(alter.table());
            statements.add(column + " add " + after);
            statements.add("select setval(pg_get_serial_sequence(" + literal(table) + ", "
                    + literal(alter.after().name()) + "), coalesce(max(" + name + "), 0) + 1, false) from " + table);
        } else if (after != null && !after.equals(before)) {
            statements.add(column + " set " + after.replace(" as identity", ""));
        }
    }

    /** What is computed can be thrown away and computed again. */
    private List<String> regenerate(Change.AlterColumn alter) {
        List<String> statements = new ArrayList<>();
        statements.add(
                alter(alter.table()) + "drop column " + names.of(alter.before().name()));
        statements.addAll(addColumn(new Change.AddColumn(alter.table(), alter.after(), alter.fill())));
        return statements;
    }

    @Override
    List<String> renameSequence(String from, String to) {
        return List.of("alter sequence " + names.of(from) + " rename to " + names.of(to));
    }

    /** With the casts that Hibernate creates. */
    @Override
    List<String> createEnum(EnumModel type) {
        String name = names.of(type.name());
        return List.of(
                "create type " + name + " as " + type.definition(),
                "create cast (varchar as " + name + ") with inout as implicit",
                "create cast (" + name + " as varchar) with inout as implicit");
    }

    @Override
    List<String> dropEnum(EnumModel type) {
        return dropEnum(names.of(type.name()));
    }

    private static List<String> dropEnum(String name) {
        return List.of(
                "drop cast if exists (varchar as " + name + ")",
                "drop cast if exists (" + name + " as varchar)",
                "drop type " + name);
    }

    /** Values can be added in place; they can only be taken away by making the type anew. */
    @Override
    List<String> alterEnum(Change.AlterEnum alter) {
        List<String> values = alter.after().values();
        List<String> kept =
                values.stream().filter(alter.before().values()::contains).toList();
        return kept.equals(alter.before().values()) ? addValues(alter) : newType(alter);
    }

    private List<String> addValues(Change.AlterEnum alter) {
        List<String> statements = new ArrayList<>();
        List<String> values = alter.after().values();
        String previous = "";
        for (String value : values) {
            if (!alter.before().values().contains(value)) {
                statements.add("alter type " + names.of(alter.after().name()) + " add value " + literal(value)
                        + (previous.isEmpty()
                                ? " before " + literal(alter.before().values().get(0))
                                : " after " + literal(previous)));
            }
            previous = value;
        }
        return statements;
    }

    private List<String> newType(Change.AlterEnum alter) {
        List<String> statements = new ArrayList<>();
        String type = names.of(alter.after().name());
        String former = names.of(FORMER + alter.after().name());
        statements.add("alter type " + type + " rename to " + former);
        statements.addAll(createEnum(alter.after()));
        for (Change.AlterEnum.Use use : alter.users()) {
            String column = names.of(use.column().name());
            String table = alter(use.table()) + "alter column " + column;
            if (use.column().defaultValue() != null) {
                statements.add(table + " drop default");
            }
            statements.add(table + " type " + type + " using " + column + "::text::" + type);
            if (use.column().defaultValue() != null) {
                statements.add(setDefault(use.table(), use.column()));
            }
        }
        statements.addAll(dropEnum(former));
        return statements;
    }
}
