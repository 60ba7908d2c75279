package dev.regista.migrations.fleet;

import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.Ran;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run did in one schema. Immutable.
 *
 * @param place the schema
 * @param outcome how it ended
 * @param ran the steps that were committed, in their order, also before a failure
 * @param failure what failed; null unless the outcome says so
 * @param took how long it took
 */
public record SchemaResult(
        Place place,
        Outcome outcome,
        List<Ran> ran,
        @Nullable RuntimeException failure,
        Duration took) {
    /** How a run ended in one schema. */
    public enum Outcome {
        /** There was nothing to do. */
        UP_TO_DATE,
        /** Everything was done. */
        DONE,
        /** It failed; the steps before the failing one stay. */
        FAILED,
        /** It was not begun: the shared schema or a canary had failed, or too many others. */
        SKIPPED
    }

    /** Copies. */
    public SchemaResult {
        ran = List.copyOf(ran);
    }

    static SchemaResult without(Place place, Outcome outcome) {
        return new SchemaResult(place, outcome, List.of(), null, Duration.ZERO);
    }

    /** Returns what failed, if anything did. */
    public Optional<RuntimeException> problem() {
        return Optional.ofNullable(failure);
    }
}
