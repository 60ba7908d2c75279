package dev.regista.migrations.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits a script into its statements, as far as to know where each ends: it reads texts, quoted names, comments, dollar
 * quotes, the bodies of triggers and routines, and the client command DELIMITER, and no SQL beyond that.
 */
final class Splitter {
    /**
     * A statement of a script.
     *
     * @param sql with the comments before it, without its delimiter
     * @param line where it begins, after such comments; counted from 1
     * @param firstWords the first two words, in upper case, without comments
     */
    record Part(String sql, int line, String firstWords) {}

    private static final Set<String> WITH_BODIES = Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE");
    private static final Set<String> BEFORE_KIND =
            Set.of("OR", "REPLACE", "TEMP", "TEMPORARY", "AGGREGATE", "CONSTRAINT", "DEFINER");
    private static final Set<String> NOT_OF_BLOCKS = Set.of("IF", "LOOP", "WHILE", "REPEAT", "FOR");

    private final String text;
    private final boolean isMariaDb;
    private final boolean hasDollarQuotes;
    private final boolean nestsComments;
    private final List<Part> parts = new ArrayList<>();

    private String delimiter = ";";
    private int position;
    private int begin;
    private int content = -1;
    private final List<String> words = new ArrayList<>();
    private boolean isBody;
    private boolean kindIsKnown;
    private int depth;

    private Splitter(String text, Engine engine) {
        this.text = text;
        this.isMariaDb = engine == Engine.MARIADB;
        this.hasDollarQuotes = engine == Engine.POSTGRESQL || engine == Engine.H2;
        this.nestsComments = hasDollarQuotes;
    }

    static List<Part> split(String text, Engine engine) {
        return new Splitter(text, engine).split();
    }

    private List<Part> split() {
        while (position < text.length()) {
            if (skipComment()) {
                continue;
            }
            char c = text.charAt(position);
            if (Character.isWhitespace(c)) {
                position++;
            } else if (depth == 0 && text.startsWith(delimiter, position)) {
                end();
                position += delimiter.length();
                begin = position;
            } else {
                readContent(c);
            }
        }
        end();
        return List.copyOf(parts);
    }

    private void readContent(char c) {
        boolean first = content < 0;
        if (first) {
            content = position;
        }
        if (c == '\'' || c == '"' || c == '`') {
            skipQuoted(c, isMariaDb && c != '`');
        } else if (c == '$' && hasDollarQuotes) {
            skipDollarQuoted();
        } else if (Character.isJavaIdentifierStart(c)) {
            readWord(first);
        } else {
            position++;
        }
    }

    private void end() {
        if (content >= 0) {
            String sql = text.substring(begin, position).strip();
            int line = 1
                    + (int) text.substring(0, content)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            parts.add(new Part(sql, line, String.join(" ", words.subList(0, Math.min(2, words.size())))));
        }
        content = -1;
        words.clear();
        isBody = false;
        kindIsKnown = false;
        depth = 0;
    }

    /** Comments that MariaDB executes are content. */
    private boolean skipComment() {
        boolean isDashes = text.startsWith("--", position) && (!isMariaDb || isSpaceAt(position + 2));
        if (isDashes || (isMariaDb && text.charAt(position) == '#')) {
            int newline = text.indexOf('\n', position);
            position = newline < 0 ? text.length() : newline;
            return true;
        }
        if (!text.startsWith("/*", position)) {
            return false;
        }
        if (isMariaDb && content < 0 && (text.startsWith("/*!", position) || text.startsWith("/*M!", position))) {
            content = position;
        }
        int open = 0;
        do {
            if (text.startsWith("/*", position) && (open == 0 || nestsComments)) {
                open++;
                position += 2;
            } else if (text.startsWith("*/", position)) {
                open--;
                position += 2;
            } else {
                position++;
            }
        } while (open > 0 && position < text.length());
        position = Math.min(position, text.length());
        return true;
    }

    private boolean isSpaceAt(int index) {
        return index >= text.length() || Character.isWhitespace(text.charAt(index));
    }

    /** A doubled quote ends one part and begins the next, which comes to the same. */
    private void skipQuoted(char quote, boolean hasBackslashes) {
        position++;
        while (position < text.length() && text.charAt(position) != quote) {
            position += hasBackslashes && text.charAt(position) == '\\' ? 2 : 1;
        }
        position = Math.min(position + 1, text.length());
    }

    private void skipDollarQuoted() {
        int end = position + 1;
        while (end < text.length() && isInTag(text.charAt(end))) {
            end++;
        }
        if (end >= text.length() || text.charAt(end) != '$') {
            position++;
            return;
        }
        String tag = text.substring(position, end + 1);
        int close = text.indexOf(tag, end + 1);
        position = close < 0 ? text.length() : close + tag.length();
    }

    private static boolean isInTag(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private void readWord(boolean first) {
        int from = position;
        while (position < text.length() && Character.isJavaIdentifierPart(text.charAt(position))) {
            position++;
        }
        String word = text.substring(from, position).toUpperCase(Locale.ROOT);
        if (hasDollarQuotes && word.equals("E") && position < text.length() && text.charAt(position) == '\'') {
            skipQuoted('\'', true);
        } else if (isMariaDb && first && word.equals("DELIMITER")) {
            readDelimiter();
        } else {
            words.add(word);
            track(word);
        }
    }

    private void readDelimiter() {
        int newline = text.indexOf('\n', position);
        int end = newline < 0 ? text.length() : newline;
        String wanted = text.substring(position, end).strip();
        if (!wanted.isEmpty()) {
            delimiter = wanted;
        }
        position = end;
        begin = position;
        content = -1;
    }

    /** Follows the blocks of what has a body, in which the delimiter ends nothing. */
    private void track(String word) {
        if (!delimiter.equals(";")) {
            return;
        }
        int count = words.size();
        if (count == 2 && word.equals("NOT") && words.get(0).equals("BEGIN")) {
            isBody = true;
            depth = 1;
        } else if (!kindIsKnown && count > 1 && words.get(0).equals("CREATE")) {
            isBody = WITH_BODIES.contains(word);
            kindIsKnown = isBody || !(BEFORE_KIND.contains(word) || words.contains("DEFINER"));
        } else if (isBody) {
            follow(word, words.get(count - 2));
        }
    }

    private void follow(String word, String previous) {
        if (previous.equals("END") && NOT_OF_BLOCKS.contains(word)) {
            depth++;
        } else if (word.equals("END")) {
            depth = Math.max(0, depth - 1);
        } else if (word.equals("BEGIN") || (word.equals("CASE") && !previous.equals("END"))) {
            depth++;
        }
    }
}
