package dev.regista.spi.config;

import dev.regista.Secret;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the value of an option looks like in a configuration, and what it is in Java. Made by the methods of
 * {@link Option}.
 *
 * @param <T> what it is in Java
 */
public sealed interface OptionType<T> {
    /**
     * One word or number.
     *
     * @param name what it is called in errors and on the reference page: {@code whole number}
     * @param example a text that can be read
     * @param choices all texts that can be read, if there are few; else empty
     * @param parser reads a text; throws an {@link IllegalArgumentException} if it cannot, the message of which is not shown
     */
    record Scalar<T>(String name, String example, List<String> choices, Function<String, ? extends T> parser)
            implements OptionType<T> {
        /** Copies the choices. */
        public Scalar {
            choices = List.copyOf(choices);
        }
    }

    /** A secret: a text, or the name of a file ({@code <key>-file}), or of a secret that the program provides ({@code <key>-from}). */
    record Hidden() implements OptionType<Secret> {}

    /** A URL: one text, or a block of its fields. */
    record Location() implements OptionType<Address> {}

    /** A list of texts; or one text, separated by commas. */
    record Texts() implements OptionType<List<String>> {}

    /** A block of names and texts, which may be nested; the names of nested blocks are joined by dots. */
    record Table() implements OptionType<Map<String, String>> {}

    /** Classes: their names, or those of packages in which the annotated ones are looked for. */
    record Models() implements OptionType<List<Class<?>>> {}

    /**
     * Objects: each the name of one that the program provides, the name of a class that implements {@link Kind} or
     * {@link dev.regista.callback.Hook}, or a block with a {@code kind} and its options, which is built first.
     *
     * @param element what each of them must be
     */
    record Objects<E>(Class<E> element) implements OptionType<List<E>> {}

    /**
     * One object, as those of {@link Objects}.
     *
     * @param type what it must be
     */
    record Part<T>(Class<T> type) implements OptionType<T> {}
}
