package dev.regista.spi.config;

import java.util.Optional;
import java.util.function.Consumer;

/** The values of one block of a configuration, converted and checked. Immutable. */
public interface Values {
    /**
     * Returns the value of an option, or empty if the configuration has none.
     *
     * @throws IllegalArgumentException if it is not an option of this block
     */
    <T> Optional<T> find(Option<T> option);

    /**
     * Returns the value of an option that is {@linkplain Option#required() required}, and is therefore there.
     *
     * @throws IllegalArgumentException if it is not an option of this block, or has no value
     */
    default <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new IllegalArgumentException("no value for " + option));
    }

    /**
     * Does something with the value of an option, if the configuration has one.
     *
     * @param action usually a method of a builder
     */
    default <T> void ifSet(Option<T> option, Consumer<? super T> action) {
        find(option).ifPresent(action);
    }
}
