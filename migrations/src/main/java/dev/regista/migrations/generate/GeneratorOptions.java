package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a {@link Generator} may do. Immutable. By default it does nothing that can lose data, or that cannot be done on a
 * table with rows.
 *
 * @param allowDrop whether tables, columns and sequences are dropped that the models do not have (any more)
 * @param allowNarrowing whether types become ones that not every value fits into
 * @param allowConversion whether types become ones to which values have to be converted; on PostgreSQL with {@code USING}
 * @param concurrentIndexes whether indexes on tables that exist are created {@code concurrently} on PostgreSQL,
 *     in a {@linkplain Migration#afterwards() migration of their own}
 * @param renames what is to be called otherwise, each as {@code old=new}, where both are a table or a sequence, or both
 *     {@code table.column}
 * @param defaults values for the rows that exist, by {@code Model.attribute}
 * @param nullable columns that stay nullable in this migration, each as {@code Model.attribute}, or {@code .attribute} for
 *     that of all models
 * @param owned tables and sequences that earlier models had; only these, and those of the models, are ever dropped
 * @param ignored tables and sequences that are not looked at, by their names in the database
 */
public record GeneratorOptions(
        boolean allowDrop,
        boolean allowNarrowing,
        boolean allowConversion,
        boolean concurrentIndexes,
        List<String> renames,
        Map<String, String> defaults,
        Set<String> nullable,
        Set<String> owned,
        Predicate<String> ignored) {
    /** Nothing that is dangerous, and nothing renamed. */
    public static final GeneratorOptions DEFAULT = builder().build();

    /** Copies. */
    public GeneratorOptions {
        renames = List.copyOf(renames);
        defaults = Map.copyOf(defaults);
        nullable = Set.copyOf(nullable);
        owned = Set.copyOf(owned);
        Objects.requireNonNull(ignored, "ignored");
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Makes options. Not for several threads. */
    public static final class Builder {
        private boolean allowDrop;
        private boolean allowNarrowing;
        private boolean allowConversion;
        private boolean concurrentIndexes;
        private final List<String> renames = new ArrayList<>();
        private final Map<String, String> defaults = new LinkedHashMap<>();
        private final Set<String> nullable = new LinkedHashSet<>();
        private final Set<String> owned = new LinkedHashSet<>();
        private Predicate<String> ignored = name -> false;

        private Builder() {}

        /**
         * Whether columns, tables and sequences are dropped that the models do not have: columns of their tables, and of
         * tables and sequences those that are {@linkplain #owned owned}. Their contents are lost. Default: false.
         */
        public Builder allowDrop(boolean allow) {
            this.allowDrop = allow;
            return this;
        }

        /**
         * Whether types become ones that not every value fits into: a shorter text, a smaller number, fewer values of an
         * enum. Default: false.
         */
        public Builder allowNarrowing(boolean allow) {
            this.allowNarrowing = allow;
            return this;
        }

        /**
         * Whether types become ones to which values have to be converted, such as a text that becomes a number. On
         * PostgreSQL that is written with {@code USING}. Default: false.
         */
        public Builder allowConversion(boolean allow) {
            this.allowConversion = allow;
            return this;
        }

        /**
         * Whether indexes on tables that exist are created without keeping others from writing. Only
         * PostgreSQL can, and only outside of a transaction, so they are in a migration of their own. Default: false.
         */
        public Builder concurrentIndexes(boolean concurrent) {
            this.concurrentIndexes = concurrent;
            return this;
        }

        /**
         * Says that something is not gone and something else new, but is called otherwise. Nothing happens where the new
         * name is there already, and the old one is not.
         *
         * @param rename {@code old=new}: two tables, two sequences, or two columns as {@code table.column}; the second of
         *     two columns may be just its name
         */
        public Builder rename(String rename) {
            renames.add(Objects.requireNonNull(rename, "rename"));
            return this;
        }

        /**
         * Says what rows that exist get in a column that cannot be null: a new one, or one that could be null until now.
         * New rows do not get it: that is for the model to say.
         *
         * @param attribute {@code Model.attribute}
         * @param value as text: a number for a column of numbers, {@code true} or {@code false}, or what the text is
         */
        public Builder defaultValue(String attribute, String value) {
            defaults.put(Objects.requireNonNull(attribute, "attribute"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Says that a new column that cannot be null may be so for now. When its rows have been filled, the next migration
         * makes it what the model says.
         *
         * @param attribute {@code Model.attribute}, or {@code .attribute} for that of all models
         */
        public Builder nullable(String attribute) {
            nullable.add(Objects.requireNonNull(attribute, "attribute"));
            return this;
        }

        /**
         * Adds tables and sequences that earlier models had. What is neither there nor in the models is never dropped,
         * whoever it belongs to.
         *
         * @param names their names in the database; upper and lower case are the same
         * @see MigrationFiles#owned
         */
        public Builder owned(Collection<String> names) {
            owned.addAll(names);
            return this;
        }

        /** Says which tables and sequences are not to be looked at, by their names in the database. Default: none. */
        public Builder ignored(Predicate<String> filter) {
            this.ignored = Objects.requireNonNull(filter, "filter");
            return this;
        }

        /** Returns the options. */
        public GeneratorOptions build() {
            return new GeneratorOptions(
                    allowDrop,
                    allowNarrowing,
                    allowConversion,
                    concurrentIndexes,
                    renames,
                    defaults,
                    nullable,
                    owned,
                    ignored);
        }
    }
}
