package dev.regista.migrations.generate;

import org.jspecify.annotations.Nullable;

/**
 * A column, in the database's own words.
 *
 * @param type with its arguments
 * @param defaultValue an expression
 * @param generated all that makes it a generated column, from {@code generated} or {@code as} on
 * @param identity what follows the type of a column that numbers its rows
 * @param check the condition that belongs to the column itself; only MariaDB knows such
 * @param comment empty if there is none
 */
record ColumnModel(
        String name,
        String type,
        boolean nullable,
        @Nullable String defaultValue,
        @Nullable String generated,
        @Nullable String identity,
        @Nullable String check,
        String comment) {

    ColumnModel named(String newName) {
        return new ColumnModel(newName, type, nullable, defaultValue, generated, identity, check, comment);
    }

    ColumnModel nullable(boolean value) {
        return new ColumnModel(name, type, value, defaultValue, generated, identity, check, comment);
    }

    ColumnModel withDefault(@Nullable String value) {
        return new ColumnModel(name, type, nullable, value, generated, identity, check, comment);
    }

    ColumnModel withExpressions(@Nullable String newGenerated, @Nullable String newCheck) {
        return new ColumnModel(name, type, nullable, defaultValue, newGenerated, identity, newCheck, comment);
    }

    /** Whether a row can be inserted that says nothing of this column. */
    boolean canBeOmitted() {
        return nullable || defaultValue != null || generated != null || identity != null;
    }
}
