package dev.regista.config;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a value comes from, for people.
 *
 * @param source the file, the variable, the property
 * @param line the line in the file; 0 where there are no lines
 * @param via the names that its expressions refer to; empty if there are none
 */
record Origin(String source, int line, String via) {
    private static final Pattern REFERENCE = Pattern.compile("(?<!\\$)\\$\\{(?:oc\\.env:)?([\\w.%-]+)");

    Origin(String source, int line) {
        this(source, line, "");
    }

    static Origin of(String source) {
        return new Origin(source, 0);
    }

    /** Returns it with the names that the expressions in a text refer to. */
    Origin via(String raw) {
        String names = REFERENCE
                .matcher(raw)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .collect(Collectors.joining(", "));
        return new Origin(source, line, names);
    }

    @Override
    public String toString() {
        String place = line > 0 ? source + ":" + line : source;
        return via.isEmpty() ? place : place + " from " + via;
    }
}
