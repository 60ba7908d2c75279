package dev.regista.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes SQL apart at the places where a schema belongs: at the placeholder that Hibernate writes, and at those that are
 * written by hand in native SQL. What stands in a comment or a text literal is not SQL and stays as it is, but for the name
 * of a sequence, which PostgreSQL has in a literal.
 */
final class SqlSplitter {
    /** What Hibernate has for the name of the schema; no schema can be named so. */
    static final String NAME = "{regista}";

    private static final List<String> BY_HAND = List.of("{h-schema}", "{h-domain}");

    private final char quote;
    private final String placeholder;

    /** Where a backslash escapes a quote, and a double quote begins a text. */
    private final boolean isMySql;

    /**
     * Knows a dialect.
     *
     * @param quote what it puts around names
     */
    SqlSplitter(String quote) {
        this(quote, NAME);
    }

    private SqlSplitter(String quote, String name) {
        this.quote = quote.charAt(0);
        this.placeholder = quote + name + quote + ".";
        this.isMySql = this.quote == '`';
    }

    /**
     * A piece of SQL.
     *
     * @param object the name before which a schema belongs, after this piece; null at the end
     */
    record Piece(String text, @Nullable String object) {}

    static boolean mayHavePlaceholders(String sql) {
        return sql.contains(NAME) || sql.contains("{h-");
    }

    /**
     * Returns a statement of Hibernate without the schema in the names of its intermediate results, around which it puts
     * quotes although there are some in it.
     *
     * @param schema the schema of all names
     */
    static String withoutNestedQuotes(String sql, String quote, String schema) {
        if (!sql.contains("_cte_" + quote)) {
            return sql;
        }
        StringBuilder mended = new StringBuilder(sql.length());
        for (Piece piece : new SqlSplitter(quote, schema).split(sql)) {
            mended.append(piece.text);
            if (piece.object != null) {
                mended.append(quote).append(schema).append(quote).append('.');
            }
        }
        return mended.toString();
    }

    List<Piece> split(String sql) {
        return new Walk(sql).pieces();
    }

    private final class Walk {
        private final String sql;
        private final List<Piece> pieces = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int at;

        private Walk(String sql) {
            this.sql = sql;
        }

        private List<Piece> pieces() {
            while (at < sql.length()) {
                step();
            }
            pieces.add(new Piece(text.toString(), null));
            return List.copyOf(pieces);
        }

        private void step() {
            char next = sql.charAt(at);
            int length = placeholderAt(at);
            if (length > 0) {
                place(length);
            } else if (next == '\'') {
                literal();
            } else if (next == quote) {
                name();
            } else if (next == '"') {
                copyTo(endOfQuoted(at, '"', isMySql));
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                copyTo(end < 0 ? sql.length() : end);
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                copyTo(end < 0 ? sql.length() : end + 2);
            } else if (next == '$') {
                copyTo(endOfDollarQuoted());
            } else {
                copyTo(at + 1);
            }
        }

        private void copyTo(int end) {
            text.append(sql, at, end);
            at = end;
        }

        private int placeholderAt(int place) {
            if (sql.startsWith(placeholder, place)) {
                return placeholder.length();
            }
            for (String byHand : BY_HAND) {
                if (sql.startsWith(byHand, place)) {
                    return byHand.length();
                }
            }
            return 0;
        }

        private void place(int length) {
            at += length;
            pieces.add(new Piece(text.toString(), nameAt(at)));
            text.setLength(0);
        }

        /** The argument of a function of sequences has a name in it; any other text is not SQL. */
        private void literal() {
            boolean escapes = isMySql || (at > 0 && Character.toLowerCase(sql.charAt(at - 1)) == 'e');
            int end = endOfQuoted(at, '\'', escapes);
            if (sql.startsWith(placeholder, at + 1) && isArgumentOfSequence()) {
                copyTo(at + 1);
                place(placeholder.length());
                copyTo(end);
            } else {
                // Hibernate has put its placeholder in place of the one written by hand, also where that is no SQL.
                text.append(sql.substring(at, end).replace(placeholder, BY_HAND.get(0)));
                at = end;
            }
        }

        private boolean isArgumentOfSequence() {
            return sql.regionMatches(true, at - "nextval(".length(), "nextval(", 0, "nextval(".length())
                    || sql.regionMatches(true, at - "currval(".length(), "currval(", 0, "currval(".length())
                    || sql.regionMatches(true, at - "setval(".length(), "setval(", 0, "setval(".length());
        }

        /** Hibernate names an intermediate result after a table, and puts quotes around all of it, the inner ones too. */
        private void name() {
            int end = endOfQuoted(at, quote, false);
            if (end - at > 2 && sql.startsWith(placeholder, end - 1)) {
                copyTo(end - 1);
                at += placeholder.length();
                boolean isQuoted = at < sql.length() && sql.charAt(at) == quote;
                String object = nameAt(at);
                text.append(object);
                at += object.length() + (isQuoted ? 2 : 0);
                copyTo(Math.min(sql.length(), at + 1));
            } else {
                copyTo(end);
            }
        }

        /** Returns the name that begins at a place, without quotes. */
        private String nameAt(int start) {
            if (start < sql.length() && sql.charAt(start) == quote) {
                int end = sql.indexOf(quote, start + 1);
                return end < 0 ? "" : sql.substring(start + 1, end);
            }
            int end = start;
            while (end < sql.length()
                    && (Character.isLetterOrDigit(sql.charAt(end)) || "_$#".indexOf(sql.charAt(end)) >= 0)) {
                end++;
            }
            return sql.substring(start, end);
        }

        /** Returns the place after the closing quote; a doubled one does not close. */
        private int endOfQuoted(int start, char mark, boolean escapes) {
            int place = start + 1;
            while (place < sql.length()) {
                char next = sql.charAt(place);
                if (escapes && next == '\\') {
                    place += 2;
                } else if (next != mark) {
                    place++;
                } else if (place + 1 < sql.length()
                        && sql.charAt(place + 1) == mark
                        && !sql.startsWith(placeholder, place)) {
                    place += 2;
                } else {
                    return place + 1;
                }
            }
            return sql.length();
        }

        /** PostgreSQL: {@code $tag$ .. $tag$}; a dollar may also be part of a name or a parameter. */
        private int endOfDollarQuoted() {
            int mark = at + 1;
            while (mark < sql.length() && (Character.isLetterOrDigit(sql.charAt(mark)) || sql.charAt(mark) == '_')) {
                mark++;
            }
            boolean isTag = mark < sql.length()
                    && sql.charAt(mark) == '$'
                    && !isMySql
                    && (at == 0 || !Character.isLetterOrDigit(sql.charAt(at - 1)))
                    && (mark == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
            if (!isTag) {
                return at + 1;
            }
            String tag = sql.substring(at, mark + 1);
            int end = sql.indexOf(tag, mark + 1);
            return end < 0 ? sql.length() : end + tag.length();
        }
    }
}
