package dev.regista.migrations.generate;

import java.util.List;

/**
 * What a table has beside its columns. Names are often made up by the database, and differ between databases that are
 * equal otherwise; so two of them are the same if they are {@linkplain #sameAs the same but for the name}.
 */
sealed interface Constraint {
    /** Empty on SQLite, which does not tell. */
    String name();

    Constraint named(String newName);

    default boolean sameAs(Constraint other) {
        return named("").equals(other.named(""));
    }

    record PrimaryKey(String name, List<String> columns) implements Constraint {
        @Override
        public PrimaryKey named(String newName) {
            return new PrimaryKey(newName, columns);
        }
    }

    record Unique(String name, List<String> columns) implements Constraint {
        @Override
        public Unique named(String newName) {
            return new Unique(newName, columns);
        }
    }

    /** @param expression what stands in the parentheses */
    record Check(String name, String expression) implements Constraint {
        @Override
        public Check named(String newName) {
            return new Check(newName, expression);
        }
    }

    /**
     * A foreign key.
     *
     * @param schema that of the other table; empty if it is the same as this one's
     * @param actions such as {@code on delete cascade}; empty for the default
     */
    record ForeignKey(
            String name, List<String> columns, String schema, String table, List<String> referenced, String actions)
            implements Constraint {
        @Override
        public ForeignKey named(String newName) {
            return new ForeignKey(newName, columns, schema, table, referenced, actions);
        }
    }

    /**
     * An index that was created as one, and not for a constraint.
     *
     * @param keys columns, quoted as needed, or expressions, with their order
     * @param before what stands between the table's name and the keys
     * @param after what follows the keys
     */
    record Index(String name, boolean unique, List<String> keys, String before, String after) implements Constraint {
        @Override
        public Index named(String newName) {
            return new Index(newName, unique, keys, before, after);
        }
    }
}
