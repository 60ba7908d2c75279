package dev.regista.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the records of PostgreSQL's csvlog. */
final class CsvLog {

    private static final int DATABASE = 2;
    private static final int SEVERITY = 11;
    private static final int MESSAGE = 13;

    /** The texts of {@code log_statement}; the server translates them unless {@code lc_messages} is C. */
    private static final Pattern STATEMENT =
            Pattern.compile("(?:statement: |execute (fetch from )?[^:]*: )(.*)", Pattern.DOTALL);

    private CsvLog() {}

    /** {@return the statements for the database in a text of whole records} */
    static List<String> statements(String text, String database) {
        List<String> statements = new ArrayList<>();
        for (List<String> record : records(text)) {
            if (record.size() > MESSAGE
                    && record.get(DATABASE).equals(database)
                    && record.get(SEVERITY).equals("LOG")) {
                Matcher message = STATEMENT.matcher(record.get(MESSAGE));
                if (message.matches()) {
                    statements.add((message.group(1) == null ? "" : "/* fetch */ ") + message.group(2));
                }
            }
        }
        return statements;
    }

    private static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                // A doubled quote inside quotes closes and opens again, and stands for one.
                if (!quoted && i > 0 && text.charAt(i - 1) == '"') {
                    field.append('"');
                }
                quoted = !quoted;
            } else if (quoted || (c != ',' && c != '\n')) {
                field.append(c);
            } else {
                record.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(record);
                    record = new ArrayList<>();
                }
            }
        }
        return records;
    }
}
