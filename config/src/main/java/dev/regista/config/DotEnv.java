package dev.regista.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@code .env} file as Docker Compose does: {@code NAME=value} lines, {@code export} before the name allowed, a
 * comment from a {@code #} after a blank. Nothing is special between single quotes; between double quotes, a backslash
 * escapes a quote, a backslash, and {@code n} for a new line.
 */
final class DotEnv {
    private static final Pattern LINE = Pattern.compile(
            "\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=(?:\\s*'([^']*)'\\s*(?:#.*)?|\\s*\"((?:[^\"\\\\]++|\\\\.)*+)\"\\s*(?:#.*)?|(?!\\s*['\"])(.*))");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*$");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\n])");

    private DotEnv() {}

    static Map<String, String> read(String name, List<String> lines, Problems problems) {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String each : lines) {
            number++;
            String line = number == 1 ? each.replaceFirst("^\uFEFF", "") : each;
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                values.put(matcher.group(1), value(matcher));
            } else if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                problems.add(new Origin(name, number), "is not a line of the form NAME=value");
            }
        }
        return values;
    }

    private static String value(Matcher matcher) {
        if (matcher.group(2) != null) {
            return matcher.group(2);
        }
        if (matcher.group(3) != null) {
            return ESCAPE.matcher(matcher.group(3))
                    .replaceAll(
                            escape -> escape.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(escape.group(1)));
        }
        return COMMENT.matcher(matcher.group(4)).replaceFirst("").strip();
    }
}
