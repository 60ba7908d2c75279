package dev.regista.sql.schema;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which schemas are looked at, by name. A pattern matches from the beginning of a name, not in its middle. The default
 * schema has the empty name, so that {@code ^$} selects it alone.
 *
 * @param wanted what names must match
 * @param ignored what names must not match; null for none
 */
public record SchemaSelection(Pattern wanted, @Nullable Pattern ignored) {
    private static final Pattern OF_THE_SYSTEM = Pattern.compile("information_schema");

    /** Returns all schemas but {@code information_schema}. */
    public static SchemaSelection all() {
        return matching("");
    }

    /** Returns the schemas whose names match, but {@code information_schema}. */
    public static SchemaSelection matching(String wanted) {
        return new SchemaSelection(Pattern.compile(wanted), OF_THE_SYSTEM);
    }

    /** Returns these without those whose names match, in place of those that were left out before. */
    public SchemaSelection ignoring(String names) {
        return new SchemaSelection(wanted, Pattern.compile(names));
    }

    /** Returns these with none left out. */
    public SchemaSelection ignoringNone() {
        return new SchemaSelection(wanted, null);
    }

    /** Returns whether a schema is looked at. */
    public boolean contains(String schema) {
        return wanted.matcher(schema).lookingAt()
                && (ignored == null || !ignored.matcher(schema).lookingAt());
    }
}
