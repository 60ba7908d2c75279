package dev.regista.config;

import java.util.ArrayList;
import java.util.List;

/** What was read, line by line, with secrets masked. */
final class Description {
    private static final String HIDDEN = "***";

    private final List<Line> lines = new ArrayList<>();

    private record Line(String key, String value, String origin) {}

    void add(Key key, String value, Origin origin) {
        lines.add(new Line(key.property(), value, origin.toString()));
    }

    void addHidden(Key key, Origin origin) {
        add(key, HIDDEN, origin);
    }

    void addDefault(Key key, String value) {
        lines.add(new Line(key.property(), value, "default"));
    }

    /** Returns one line for each value: key, value, where it comes from. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.key)
                    .append(" = ")
                    .append(line.value.replaceAll("\\R", " "))
                    .append("  (")
                    .append(line.origin)
                    .append(")\n");
        }
        return text.toString();
    }
}
