package dev.regista.cli;

import dev.regista.migrations.fleet.SchemaResult;
import dev.regista.migrations.run.HistoryEntry;
import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.Ran;
import dev.regista.migrations.run.Step.Direction;
import dev.regista.migrations.run.Version;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How things are called in what commands print. */
final class Words {
    private Words() {}

    static String tenant(Place place) {
        return place.tenant() == null ? "-" : place.tenant();
    }

    static String place(Place place) {
        return place.tenant() == null ? place.database() : place.database() + "/" + place.tenant();
    }

    static String version(Optional<Version> version) {
        return version.map(Version::toString).orElse("base");
    }

    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String ran(Ran ran) {
        return (ran.step().direction() == Direction.UP ? "+" : "-") + ran.step().version() + " "
                + ran.step().description();
    }

    static String entry(HistoryEntry entry) {
        if (!entry.success()) {
            return "failed half way";
        }
        return switch (entry.type()) {
            case "DELETE" -> "taken back";
            case "BASELINE" -> "baseline";
            default -> "applied";
        };
    }

    /** Returns the fields that name a schema, for more to be added. */
    static Map<String, Object> json(Place place) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("database", place.database());
        json.put("schema", place.schema());
        json.put("tenant", place.tenant());
        return json;
    }

    static Map<String, Object> json(SchemaResult result) {
        Map<String, Object> json = json(result.place());
        json.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("ran", result.ran().stream().map(Words::json).toList());
        json.put("error", result.problem().map(Throwable::getMessage).orElse(null));
        json.put("millis", result.took().toMillis());
        return json;
    }

    private static Map<String, Object> json(Ran ran) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", ran.step().version());
        json.put("description", ran.step().description());
        json.put("direction", of(ran.step().direction()));
        json.put("script", ran.step().script());
        json.put("millis", ran.took().toMillis());
        return json;
    }
}
