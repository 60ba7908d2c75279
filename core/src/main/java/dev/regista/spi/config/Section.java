package dev.regista.spi.config;

import java.util.Map;

/**
 * A block of a registry's configuration beside its databases, as a module contributes it. Listed in
 * {@code META-INF/services}. Built whether the block is there or not; if it is not, without any values.
 *
 * @param <T> what it builds
 */
public interface Section<T> extends Kind<T> {
    /** Returns the name of the block: lower-case letters, digits and dashes. */
    @Override
    String name();

    /** Returns the type of what it builds, by which a program asks for it. */
    Class<T> type();

    /**
     * Returns objects to which the blocks of databases can refer by these names, in the place of classes of the same names.
     * What the program provides is stronger. Default: none.
     *
     * @param built what {@link #build} returned
     */
    default Map<String, Object> provides(T built) {
        return Map.of();
    }
}
