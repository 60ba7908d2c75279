package dev.regista.sql;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/** Notices whether a unit has sent a statement that may write. */
final class WriteWatch implements UnaryOperator<String> {
    private @Nullable StatementInspector next;
    private boolean seen;

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
        if (!seen) {
            String start = sql.stripLeading();
            seen = !begins(start, "select") && !begins(start, "values") && !begins(start, "show");
        }
    }

    /** A statement without a text that could be looked at. */
    void suspect() {
        seen = true;
    }

    boolean seen() {
        return seen;
    }

    private static boolean begins(String sql, String word) {
        return sql.length() >= word.length()
                && sql.substring(0, word.length()).toLowerCase(Locale.ROOT).equals(word);
    }
}
