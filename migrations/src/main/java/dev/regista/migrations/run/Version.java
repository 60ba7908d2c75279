package dev.regista.migrations.run;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of a migration: whole numbers, separated by dots or underscores, such as {@code 20260105120000} or
 * {@code 2.1}. Compared number by number; zeros at the end do not count ({@code 2} equals {@code 2.0}). Immutable.
 */
public final class Version implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("\\d+([._]\\d+)*");

    private final String text;
    private final List<BigInteger> numbers;

    private Version(String text, List<BigInteger> numbers) {
        this.text = text;
        this.numbers = numbers;
    }

    /**
     * Returns a version.
     *
     * @throws IllegalArgumentException if the text has not the form of one
     */
    public static Version of(String text) {
        if (!isVersion(text)) {
            throw new IllegalArgumentException("a version is numbers with dots between them, not '" + text + "'");
        }
        String dotted = text.replace('_', '.');
        List<BigInteger> all =
                Stream.of(dotted.split("\\.")).map(BigInteger::new).toList();
        int length = all.size();
        while (length > 1 && all.get(length - 1).signum() == 0) {
            length--;
        }
        return new Version(dotted, all.subList(0, length));
    }

    static boolean isVersion(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(Version other) {
        int common = Math.min(numbers.size(), other.numbers.size());
        for (int i = 0; i < common; i++) {
            int compared = numbers.get(i).compareTo(other.numbers.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(numbers.size(), other.numbers.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && numbers.equals(version.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    /** Returns the text it was made of, with dots. */
    @Override
    public String toString() {
        return text;
    }
}
