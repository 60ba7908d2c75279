package dev.regista.sql;

import java.util.List;

/**
 * Tells statements that change something about a connection which would outlive the transaction: a search path, a current
 * schema, a variable, a temporary table. What a procedure does that is called is not seen.
 */
final class SessionState {
    private static final List<String> HARMLESS =
            List.of("select", "insert", "update", "delete", "with", "values", "merge");

    private static final List<String> CHANGING = List.of(
            "set", "use", "reset", "alter session", "lock tables", "do", "declare", "prepare", "listen", "pragma");

    /** They end with the transaction, or with the statement. */
    private static final List<String> PASSING =
            List.of("set transaction", "set local", "set constraints", "set statement");

    private static final String SET_CONFIG = "set_config";

    private static final int LONGEST_HEAD = 60;

    private SessionState() {}

    static boolean isChangedBy(String sql) {
        int start = start(sql, 0);
        boolean harmless = beginsWithAny(sql, start, HARMLESS);
        return (!harmless && isChangedAt(sql, start)) || callsSetConfig(sql) || isChangedByRest(sql, start);
    }

    private static boolean isChangedAt(String sql, int start) {
        if (beginsWithAny(sql, start, PASSING)) {
            return false;
        }
        return beginsWithAny(sql, start, CHANGING) || (begins(sql, start, "create") && containsTemporary(sql, start));
    }

    private static boolean containsTemporary(String sql, int start) {
        for (int at = start; at < Math.min(sql.length(), start + LONGEST_HEAD); at++) {
            if (sql.regionMatches(true, at, " temp", 0, " temp".length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isChangedByRest(String sql, int start) {
        for (int at = sql.indexOf(';', start); at >= 0; at = sql.indexOf(';', at + 1)) {
            if (isChangedAt(sql, start(sql, at + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean callsSetConfig(String sql) {
        for (int at = sql.indexOf('_'); at >= 0; at = sql.indexOf('_', at + 1)) {
            if (sql.regionMatches(true, at - "set".length(), SET_CONFIG, 0, SET_CONFIG.length())) {
                return true;
            }
        }
        return false;
    }

    /** Returns where the first word begins, after spaces, brackets and comments. */
    private static int start(String sql, int from) {
        int at = from;
        while (at < sql.length()) {
            char next = sql.charAt(at);
            if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*!", at)) {
                at = afterVersion(sql, at + 3);
            } else if (sql.startsWith("/*", at)) {
                at = afterComment(sql, at);
            } else if (Character.isWhitespace(next) || next == '(') {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    /** MariaDB and MySQL run what is in such a comment. */
    private static int afterVersion(String sql, int from) {
        int at = from;
        while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    /** PostgreSQL and H2 take comments in comments for what they are. */
    private static int afterComment(String sql, int from) {
        int open = 0;
        for (int at = from; at < sql.length() - 1; at++) {
            if (sql.startsWith("/*", at)) {
                open++;
                at++;
            } else if (sql.startsWith("*/", at)) {
                open--;
                at++;
                if (open == 0) {
                    return at + 1;
                }
            }
        }
        int end = sql.indexOf("*/", from);
        return end < 0 ? sql.length() : end + 2;
    }

    /** Asked for each statement: no stream, nothing to allocate. */
    private static boolean beginsWithAny(String sql, int at, List<String> beginnings) {
        for (int i = 0; i < beginnings.size(); i++) {
            if (begins(sql, at, beginnings.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(String sql, int at, String words) {
        int end = at + words.length();
        return sql.regionMatches(true, at, words, 0, words.length())
                && (end == sql.length() || !Character.isLetterOrDigit(sql.charAt(end)));
    }
}
