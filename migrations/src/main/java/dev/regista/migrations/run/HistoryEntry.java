package dev.regista.migrations.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A row of the history of a schema, as it is in the table {@code flyway_schema_history}.
 *
 * @param rank its place in the history
 * @param version the migration's version; null for what has none (Flyway's repeatable migrations and notes)
 * @param description the migration's description
 * @param type {@code SQL} or {@code JDBC} for a migration that was applied, {@code DELETE} for one that was taken back;
 *     Flyway knows others
 * @param script the file or the class
 * @param checksum of the file; null for classes
 * @param installedBy the database's user
 * @param installedOn when, as the database writes it, in its time zone
 * @param took how long it took
 * @param success whether it ended well
 */
public record HistoryEntry(
        int rank,
        @Nullable Version version,
        String description,
        String type,
        String script,
        @Nullable Integer checksum,
        String installedBy,
        String installedOn,
        Duration took,
        boolean success) {
    /** Whether it takes an earlier row of the same version back. */
    boolean takesBack() {
        return type.equals("DELETE") || type.startsWith("UNDO_");
    }
}
