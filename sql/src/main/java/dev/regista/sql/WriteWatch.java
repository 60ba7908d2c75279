package dev.regista.sql;

import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/**
 * Notices whether a unit has sent a statement that may write, and whether it has changed something about its connection
 * that would outlive the unit: a search path, a current schema, a variable.
 */
final class WriteWatch implements StatementInspector {
    private static final long serialVersionUID = 1L;

    private final transient SqlUnit unit;
    private @Nullable StatementInspector next;
    private final @Nullable String schema;
    private final boolean watchesConnection;
    private boolean seen;
    private boolean connectionChanged;

    /**
     * Begins.
     *
     * @param unit whose statements these are
     * @param watchesConnection whether nobody else looks for statements that change the connection
     * @param schema the schema that Hibernate puts before every name in what it sends, if it is always the same one
     */
    WriteWatch(SqlUnit unit, boolean watchesConnection, @Nullable String schema) {
        this.unit = unit;
        this.watchesConnection = watchesConnection;
        this.schema = schema;
    }

    /** Passes statements on to the inspector that the application configured, if it did. */
    void continueWith(@Nullable StatementInspector inspector) {
        this.next = inspector;
    }

    SqlUnit unit() {
        return unit;
    }

    @Override
    public String inspect(String sql) {
        note(sql);
        StatementInspector following = next;
        String changed = following == null ? null : following.inspect(sql);
        String sent = changed == null ? sql : changed;
        return schema == null ? sent : SqlSplitter.withoutNestedQuotes(sent, "\"", schema);
    }

    void note(String sql) {
        String start = sql.stripLeading();
        if (!seen) {
            seen = !begins(start, "select") && !begins(start, "values") && !begins(start, "show");
        }
        if (watchesConnection && SessionState.isChangedBy(sql)) {
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
