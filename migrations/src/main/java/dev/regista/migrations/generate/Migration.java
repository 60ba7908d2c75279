package dev.regista.migrations.generate;

import java.util.List;
import java.util.Optional;

/**
 * What leads from a schema to what the models need, and back. Statements are without a semicolon at their end, and name
 * nothing by its schema but what is in another; they are for a connection whose current schema is the one to change. In a
 * migration of tenants, {@code ${shared}} stands for the shared schema.
 *
 * @param up the statements that lead there, in order; none if nothing differs
 * @param down the statements that lead back
 * @param warnings what somebody should know before running them, one sentence each
 * @param transactional whether they can be run in a transaction
 * @param afterwards what is to be run after it, in no transaction
 */
public record Migration(
        List<String> up,
        List<String> down,
        List<String> warnings,
        boolean transactional,
        Optional<Migration> afterwards) {
    /** Copies. */
    public Migration {
        up = List.copyOf(up);
        down = List.copyOf(down);
        warnings = List.copyOf(warnings);
    }

    /** Returns whether there is nothing to do. */
    public boolean isEmpty() {
        return up.isEmpty() && afterwards.isEmpty();
    }
}
