package dev.regista.migrations.run;

import java.util.Locale;
import java.util.regex.Pattern;

/** How far to go. Immutable. */
public sealed interface Target {
    /** Up to the newest migration. */
    record Head() implements Target {
        @Override
        public String toString() {
            return "head";
        }
    }

    /** Down to before the first migration. */
    record Base() implements Target {
        @Override
        public String toString() {
            return "base";
        }
    }

    /**
     * Up to a version, or down to one: it is the current one afterwards.
     *
     * @param version one that there is
     */
    record At(Version version) implements Target {
        @Override
        public String toString() {
            return version.toString();
        }
    }

    /**
     * Some migrations, up or down.
     *
     * @param count how many; more than zero
     */
    record Steps(int count) implements Target {
        /** Checks the count. */
        public Steps {
            if (count < 1) {
                throw new IllegalArgumentException("the number of steps must be more than zero, not " + count);
            }
        }

        @Override
        public String toString() {
            return count + (count == 1 ? " step" : " steps");
        }
    }

    /** Returns the newest migration as a target. */
    static Target head() {
        return new Head();
    }

    /** Returns the state before the first migration as a target. */
    static Target base() {
        return new Base();
    }

    /**
     * Returns a version as a target.
     *
     * @throws IllegalArgumentException if the text has not the form of a version
     */
    static Target version(String version) {
        return new At(Version.of(version));
    }

    /** Returns a number of migrations as a target. */
    static Target steps(int count) {
        return new Steps(count);
    }

    /**
     * Reads a target as a command line has it: {@code head}, {@code base}, {@code +2} or {@code -2} (two steps; the command
     * says in which direction), or a version.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static Target parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("head")) {
            return head();
        }
        if (lower.equals("base")) {
            return base();
        }
        if (Pattern.matches("[+-]\\d{1,9}", lower)) {
            return steps(Integer.parseInt(lower.substring(1)));
        }
        if (!Version.isVersion(lower)) {
            throw new IllegalArgumentException("a target is head, base, +N, -N or a version, not '" + text + "'");
        }
        return version(lower);
    }
}
