package dev.regista.sql;

import java.util.function.UnaryOperator;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/**
 * Notices whether a unit has sent a statement that may write, and whether it has changed something about its connection
 * that would outlive the unit: a search path, a current schema, a variable.
 */
final class WriteWatch implements UnaryOperator<String> {
    private @Nullable StatementInspector next;
    private boolean seen;
    private boolean connectionChanged;

    /** Passes statements on to the inspector that the application configured, if it did. */
    void continueWith(@Nullable StatementInspector inspector) {
        this.next = inspector;
    }

    @Override
    public String apply(String sql) {
        note(sql);
        StatementInspector following = next;
        String changed = following == null ? null : following.inspect(sql);
        return changed == null ? sql : changed;
    }

    void note(String sql) {
        String start = sql.stripLeading();
        if (!seen) {
            seen = !begins(start, "select") && !begins(start, "values") && !begins(start, "show");
        }
        if (begins(start, "set")
                || begins(start, "use ")
                || begins(start, "alter session")
                || sql.contains("set_config")) {
            connectionChanged = true;
        }
    }

    /** The connection has been changed by a method. */
    void noteConnectionChanged() {
        connectionChanged = true;
    }

    /** Whether the connection must not be handed to anybody else. */
    boolean isConnectionChanged() {
        return connectionChanged;
    }

    /** A statement without a text that could be looked at. */
    void suspect() {
        seen = true;
    }

    boolean seen() {
        return seen;
    }

    private static boolean begins(String sql, String word) {
        return sql.regionMatches(true, 0, word, 0, word.length());
    }
}
