package dev.regista.migrations.run;

import dev.regista.ConfigurationException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values for <code>${name}</code> into a script. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

    private Placeholders() {}

    /**
     * Replaces all, also in comments and texts.
     *
     * @throws ConfigurationException if one has no value
     */
    static String fill(String script, String text, Map<String, String> values) {
        if (!text.contains("${")) {
            return text;
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(script, found.group(1), values)));
    }

    private static String value(String script, String name, Map<String, String> values) {
        String value = values.get(name);
        if (value == null) {
            throw new ConfigurationException("the placeholder ${" + name + "} in " + script
                    + " has no value; there are: " + String.join(", ", new TreeSet<>(values.keySet())));
        }
        return value;
    }
}
