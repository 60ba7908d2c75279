package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The DDL of H2. */
final class H2Ddl extends Ddl {
    H2Ddl(Names names) {
        super(names);
    }

    @Override
    String cache(long size) {
        return size == 32 ? "" : super.cache(size);
    }

    @Override
    String renameColumn(Change.RenameColumn rename) {
        return alter(rename.table()) + "alter column " + names.of(rename.from()) + " rename to "
                + names.of(rename.to());
    }

    @Override
    List<String> alterColumn(Change.AlterColumn alter) {
        ColumnModel before = alter.before();
        ColumnModel after = alter.after();
        String table = alter(alter.table());
        String column = table + "alter column " + names.of(after.name());
        List<String> statements = new ArrayList<>();
        if (!Objects.equals(before.generated(), after.generated())) {
            statements.add(table + "drop column " + names.of(before.name()));
            statements.addAll(addColumn(new Change.AddColumn(alter.table(), after, alter.fill())));
            return statements;
        }
        boolean newDefault = !Objects.equals(before.defaultValue(), after.defaultValue());
        if (before.defaultValue() != null && (newDefault || alter.changesType())) {
            statements.add(column + " drop default");
        }
        if (before.identity() != null && !before.identity().equals(after.identity())) {
            statements.add(column + " drop identity");
        }
        if (alter.changesType()) {
            statements.add(column + " set data type " + after.type());
        }
        if (alter.fill() != null) {
            statements.add(fill(alter.table(), after.name(), alter.fill()));
        }
        if (before.nullable() != after.nullable()) {
            statements.add(column + (after.nullable() ? " drop not null" : " set not null"));
        }
        if (after.identity() != null && !after.identity().equals(before.identity())) {
            statements.add(column + " set " + after.identity().replace(" as identity", ""));
        }
        if (after.defaultValue() != null && (newDefault || alter.changesType())) {
            statements.add(column + " set default " + after.defaultValue());
        }
        if (!before.comment().equals(after.comment())) {
            statements.add(commentColumn(alter.table(), after));
        }
        return statements;
    }

    @Override
    List<String> createEnum(EnumModel type) {
        return List.of("create domain " + names.of(type.name()) + " as " + type.definition());
    }

    @Override
    List<String> dropEnum(EnumModel type) {
        return List.of("drop domain " + names.of(type.name()));
    }

    /** A domain cannot be changed: another one takes its place. */
    @Override
    List<String> alterEnum(Change.AlterEnum alter) {
        List<String> statements = new ArrayList<>();
        EnumModel former = new EnumModel("REGISTA_FORMER_" + alter.after().name(), List.of(), "");
        String type = names.of(alter.after().name());
        statements.add("alter domain " + type + " rename to " + names.of(former.name()));
        statements.addAll(createEnum(alter.after()));
        for (Change.AlterEnum.Use use : alter.users()) {
            statements.add(
                    alter(use.table()) + "alter column " + names.of(use.column().name()) + " set data type " + type);
        }
        statements.addAll(dropEnum(former));
        return statements;
    }

    /** There is no statement for it; a new one that starts where the old one is would need to be told where that is. */
    @Override
    List<String> renameSequence(String from, String to) {
        throw new IllegalStateException("H2 cannot rename a sequence");
    }
}
