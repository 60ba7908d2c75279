package dev.regista.spi.config;

import java.util.List;

/**
 * Builds objects of one type from blocks of a configuration. A block says which by {@code kind}: the name of the class, or
 * the short name of a kind that comes with its module.
 *
 * <p>Implementations are public and have a public constructor without parameters. They hold no state: one instance may
 * build several objects, from several threads at once. No other class is ever instantiated because a configuration names
 * it, but for {@linkplain dev.regista.callback.Hook hooks}.
 *
 * @param <T> what it builds
 */
public interface Kind<T> {
    /** Returns what {@code kind} says in a configuration. Default: the name of the class. */
    default String name() {
        return getClass().getName();
    }

    /** Returns one or two sentences about it for the reference page. Default: empty. */
    default String description() {
        return "";
    }

    /** Returns the options of its block, in the order of the reference page. Default: none. */
    default List<Option<?>> options() {
        return List.of();
    }

    /**
     * Builds an object from the values of a block. Called only if the values of all options could be read. No I/O.
     *
     * @param values the block's values; of these options and of no others
     * @throws dev.regista.ConfigurationException naming everything that cannot work
     */
    T build(Values values);
}
