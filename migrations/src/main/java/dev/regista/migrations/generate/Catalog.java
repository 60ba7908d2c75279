package dev.regista.migrations.generate;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads what is in a schema, out of what the database says of itself. */
interface Catalog {
    /** Stands for the shared schema in what belongs to tenants, since a script is for all databases. */
    String SHARED = "${shared}";

    /**
     * Reads a schema.
     *
     * @param schema its name; empty on SQLite
     * @param shared the name of the schema that is called {@link #SHARED} in references to it; empty for none
     */
    SchemaModel read(Connection connection, String schema, String shared) throws SQLException;

    /** Returns how a schema is called in a reference from another. */
    static String reference(String referenced, String own, String shared) {
        if (referenced.equals(own)) {
            return "";
        }
        return referenced.equals(shared) ? SHARED : referenced;
    }

    /** Returns the action of a foreign key as it is written; nothing for what is meant anyway. */
    static String action(String event, String rule) {
        String action = SqlText.lower(rule);
        return action.equals("no action") || action.equals("restrict") || action.isEmpty()
                ? ""
                : " on " + event + " " + action;
    }
}
