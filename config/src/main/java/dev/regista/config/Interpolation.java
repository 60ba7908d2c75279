package dev.regista.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:default}} in the values of files, and core-lib's {@code ${oc.env:NAME}} and
 * {@code ${oc.env:NAME,default}}. A second dollar sign before the brace stands for the characters themselves; any other
 * dollar sign or backslash for itself, so that passwords need no escaping. A value that comes from outside the files is taken as it is.
 */
final class Interpolation {
    private static final Pattern NAME = Pattern.compile("[\\w.\\[\\]\"%-]{1,200}");
    private static final String ENVIRONMENT = "oc.env";
    private static final int DEEPEST = 50;
    private static final int MOST_REPLACED = 1000;
    private static final int MOST_CHARACTERS = 1 << 16;

    private final Function<String, Optional<Raw>> lookUp;
    private final Deque<String> underWay = new ArrayDeque<>();
    private int depth;
    private int replaced;

    /** A value before anything in it is replaced. */
    record Raw(String text, boolean fromFile) {}

    /** What is wrong with an expression; without any value. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    Interpolation(Function<String, Optional<Raw>> lookUp) {
        this.lookUp = lookUp;
    }

    static boolean isNeeded(String text) {
        return text.contains("${");
    }

    String expand(String text) throws Failure {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                expanded.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = end(text, at + 2);
                expanded.append(resolve(text.substring(at + 2, end)));
                at = end + 1;
                if (expanded.length() > MOST_CHARACTERS) {
                    throw tooMuch();
                }
            } else {
                expanded.append(text.charAt(at++));
            }
        }
        return expanded.toString();
    }

    /** Finds the brace that ends the expression which begins here; there may be others in its default. */
    private static int end(String text, int start) throws Failure {
        int open = 1;
        for (int at = start; at < text.length(); at++) {
            if (text.startsWith("${", at)) {
                open++;
            } else if (text.charAt(at) == '}' && --open == 0) {
                return at;
            }
        }
        throw malformed();
    }

    private String resolve(String expression) throws Failure {
        int colon = expression.indexOf(':');
        String name = (colon < 0 ? expression : expression.substring(0, colon)).strip();
        String defaultText = colon < 0 ? null : expression.substring(colon + 1);
        if (name.equals(ENVIRONMENT) && defaultText != null) {
            int comma = defaultText.indexOf(',');
            name = (comma < 0 ? defaultText : defaultText.substring(0, comma)).strip();
            defaultText = comma < 0 ? null : defaultText.substring(comma + 1);
        }
        if (!NAME.matcher(name).matches()) {
            throw malformed();
        }
        return resolve(name, defaultText);
    }

    private String resolve(String name, @Nullable String defaultText) throws Failure {
        replaced = depth == 0 ? 1 : replaced + 1;
        if (depth == DEEPEST || replaced > MOST_REPLACED) {
            throw tooMuch();
        }
        depth++;
        try {
            return find(name, defaultText);
        } finally {
            depth--;
        }
    }

    private String find(String name, @Nullable String defaultText) throws Failure {
        Optional<Raw> found = lookUp.apply(name);
        if (found.isPresent()) {
            return found.get().fromFile()
                    ? expandOnce(name, found.get().text())
                    : found.get().text();
        }
        if (defaultText == null) {
            throw new Failure("refers to '" + name
                    + "', which is neither an environment variable, nor in .env, nor a system property, nor a key of the"
                    + " configuration; set it, or write ${" + name + ":default}");
        }
        return expand(defaultText);
    }

    private String expandOnce(String name, String text) throws Failure {
        if (underWay.contains(name)) {
            throw new Failure("refers to itself: " + String.join(" -> ", underWay) + " -> " + name);
        }
        underWay.addLast(name);
        try {
            return expand(text);
        } finally {
            underWay.removeLast();
        }
    }

    private static Failure tooMuch() {
        return new Failure("has expressions nested deeper than " + DEEPEST + ", or more than " + MOST_REPLACED
                + " of them, or makes a text of more than " + MOST_CHARACTERS + " characters");
    }

    private static Failure malformed() {
        return new Failure("has a ${ that begins no ${NAME} or ${NAME:default}; write $${ for the signs themselves");
    }
}
