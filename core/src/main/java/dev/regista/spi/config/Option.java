package dev.regista.spi.config;

import dev.regista.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that a block of a configuration can say. Immutable; the methods of an instance return a changed copy.
 *
 * <p>Keys are in lower case with dashes; dots make blocks in the block ({@code pool.max-lifetime}). A configuration may
 * write underscores for dashes.
 *
 * @param <T> the type of its value
 */
public final class Option<T> {
    private final String key;
    private final List<String> aliases;
    private final OptionType<T> type;
    private final String defaultText;
    private final String description;
    private final boolean required;

    private Option(
            String key,
            List<String> aliases,
            OptionType<T> type,
            String defaultText,
            String description,
            boolean required) {
        this.key = key;
        this.aliases = aliases;
        this.type = type;
        this.defaultText = defaultText;
        this.description = description;
        this.required = required;
    }

    /**
     * An option of any type.
     *
     * @param key lower-case letters, digits, dashes, and dots between blocks
     */
    public static <T> Option<T> of(String key, OptionType<T> type) {
        return new Option<>(
                Objects.requireNonNull(key, "key"), List.of(), Objects.requireNonNull(type, "type"), "", "", false);
    }

    /** An option whose value is a text. */
    public static Option<String> text(String key) {
        return of(key, new OptionType.Scalar<>("text", "text", List.of(), text -> text));
    }

    /** An option whose value is a list of texts, none of which has a comma. */
    public static Option<List<String>> texts(String key) {
        return of(key, new OptionType.Texts());
    }

    /** An option whose value is a whole number. */
    public static Option<Integer> number(String key) {
        return of(key, new OptionType.Scalar<>("whole number", "10", List.of(), Integer::valueOf));
    }

    /** An option whose value is {@code true} or {@code false}; YAML's old {@code yes}, {@code no}, {@code on}, {@code off} too. */
    public static Option<Boolean> flag(String key) {
        return of(key, new OptionType.Scalar<>("true or false", "true", List.of("true", "false"), Scalars::flag));
    }

    /**
     * An option whose value is a length of time: a number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}; a
     * number alone, in seconds; or as ISO 8601 has it, {@code PT30S}.
     */
    public static Option<Duration> duration(String key) {
        return of(key, new OptionType.Scalar<>("duration", "30s", List.of(), Scalars::duration));
    }

    /** An option whose value is a constant of an enum, in lower case and with dashes. */
    public static <E extends Enum<E>> Option<E> choice(String key, Class<E> type) {
        List<String> choices = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return of(
                key,
                new OptionType.Scalar<>(
                        "one of " + String.join(", ", choices),
                        choices.get(0),
                        choices,
                        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'))));
    }

    /** An option whose value must not appear in text. */
    public static Option<Secret> secret(String key) {
        return of(key, new OptionType.Hidden());
    }

    /** An option whose value is a URL, as one text or by its fields. */
    public static Option<Address> address(String key) {
        return of(key, new OptionType.Location());
    }

    /** An option whose value is a block of names and texts that nobody here knows. */
    public static Option<Map<String, String>> table(String key) {
        return of(key, new OptionType.Table());
    }

    /**
     * An option whose value is an object.
     *
     * @param type what it must be
     */
    public static <T> Option<T> object(String key, Class<T> type) {
        return of(key, new OptionType.Part<>(type));
    }

    /**
     * An option whose value is a list of objects.
     *
     * @param type what each must be
     */
    public static <T> Option<List<T>> objects(String key, Class<T> type) {
        return of(key, new OptionType.Objects<>(type));
    }

    /** Returns this option with another name that configurations may use for it, relative to the same block. */
    public Option<T> alias(String otherKey) {
        List<String> more = new ArrayList<>(aliases);
        more.add(otherKey);
        return new Option<>(key, List.copyOf(more), type, defaultText, description, required);
    }

    /** Returns this option with what holds if a configuration does not set it, for the reference page. */
    public Option<T> defaultsTo(Object text) {
        return new Option<>(key, aliases, type, text.toString(), description, required);
    }

    /** Returns this option with a description for the reference page. */
    public Option<T> describedAs(String text) {
        return new Option<>(key, aliases, type, defaultText, text, required);
    }

    /** Returns this option as one that each block must set. */
    public Option<T> required() {
        return new Option<>(key, aliases, type, defaultText, description, true);
    }

    /** Returns the key, relative to the block. */
    public String key() {
        return key;
    }

    /** Returns the other keys. */
    public List<String> aliases() {
        return aliases;
    }

    /** Returns the key and the other keys. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>(aliases);
        keys.add(0, key);
        return keys;
    }

    /** Returns what its value looks like. */
    public OptionType<T> type() {
        return type;
    }

    /** Returns what holds if it is not set, as text; empty for nothing. */
    public String defaultText() {
        return defaultText;
    }

    /** Returns the description; empty if there is none. */
    public String description() {
        return description;
    }

    /** Returns whether each block must set it. */
    public boolean isRequired() {
        return required;
    }

    /** Returns the key. */
    @Override
    public String toString() {
        return key;
    }
}
