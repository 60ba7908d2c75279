package dev.regista.migrations.fleet;

import dev.regista.migrations.fleet.SchemaResult.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run did, schema by schema. Immutable.
 *
 * @param schemas in the order of the fleet
 * @param took how long the whole took
 */
public record FleetResult(List<SchemaResult> schemas, Duration took) {
    /** Copies. */
    public FleetResult {
        schemas = List.copyOf(schemas);
    }

    /** Returns the schemas in which the run ended in a certain way. */
    public List<SchemaResult> with(Outcome outcome) {
        return schemas.stream().filter(each -> each.outcome() == outcome).toList();
    }

    /** Returns the schemas in which it failed. */
    public List<SchemaResult> failed() {
        return with(Outcome.FAILED);
    }

    /** Whether it failed nowhere, and skipped nothing. */
    public boolean isComplete() {
        return schemas.stream()
                .noneMatch(each -> each.outcome() == Outcome.FAILED || each.outcome() == Outcome.SKIPPED);
    }

    /**
     * Returns this result.
     *
     * @throws FleetFailedException if it {@linkplain #isComplete() is not complete}
     */
    public FleetResult orThrow() {
        if (!isComplete()) {
            throw new FleetFailedException(this);
        }
        return this;
    }

    /** Returns the numbers, such as {@code 1000 schemas: 999 done, 1 failed, in 3210 ms}. */
    @Override
    public String toString() {
        Map<Outcome, Long> counts = schemas.stream()
                .collect(Collectors.groupingBy(
                        SchemaResult::outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
        return schemas.size() + (schemas.size() == 1 ? " schema: " : " schemas: ")
                + counts.entrySet().stream()
                        .map(each -> each.getValue() + " "
                                + each.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .collect(Collectors.joining(", "))
                + ", in " + took.toMillis() + " ms";
    }
}
