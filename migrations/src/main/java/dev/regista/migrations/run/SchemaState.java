package dev.regista.migrations.run;

import java.util.List;
import java.util.Optional;

/**
 * What a schema has and lacks. A look at a moment; immutable.
 *
 * @param place the schema
 * @param history its history, oldest first
 * @param current its highest version; empty before the first migration
 * @param applied the versions that have run and were not taken back, lowest first
 * @param pending what an upgrade to head would run, in that order
 * @param problems why it would refuse to; empty if it would not
 */
public record SchemaState(
        Place place,
        List<HistoryEntry> history,
        Optional<Version> current,
        List<Version> applied,
        List<Step> pending,
        List<Problem> problems) {
    /** Copies. */
    public SchemaState {
        history = List.copyOf(history);
        applied = List.copyOf(applied);
        pending = List.copyOf(pending);
        problems = List.copyOf(problems);
    }

    /** Whether there is nothing to do and nothing wrong. */
    public boolean isUpToDate() {
        return pending.isEmpty() && problems.isEmpty();
    }
}
