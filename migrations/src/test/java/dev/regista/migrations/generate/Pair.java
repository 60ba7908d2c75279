package dev.regista.migrations.generate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Two versions of models.
 *
 * @param rows statements that fill the tables of the first; %q is the table named group, quoted
 * @param options what the generator has to be told
 * @param same where the two make no difference, since Hibernate creates the same for both
 * @param unmapped where Hibernate does not map them at all
 */
record Pair(
        String name,
        List<Class<?>> first,
        List<Class<?>> second,
        List<String> rows,
        UnaryOperator<GeneratorOptions.Builder> options,
        Set<Store> same,
        Set<Store> unmapped) {

    Pair(String name, List<Class<?>> first, List<Class<?>> second, List<String> rows) {
        this(name, first, second, rows, options -> options, Set.of(), Set.of());
    }

    Pair with(UnaryOperator<GeneratorOptions.Builder> newOptions) {
        return new Pair(name, first, second, rows, newOptions, same, unmapped);
    }

    Pair same(Store store, Store... others) {
        return new Pair(name, first, second, rows, options, EnumSet.of(store, others), unmapped);
    }

    Pair unmapped(Store store, Store... others) {
        return new Pair(name, first, second, rows, options, same, EnumSet.of(store, others));
    }

    @Override
    public String toString() {
        return name;
    }
}
