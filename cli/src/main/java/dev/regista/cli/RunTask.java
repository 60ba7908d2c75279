package dev.regista.cli;

import dev.regista.migrations.Migrations;
import dev.regista.migrations.fleet.Fleet;
import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.fleet.SchemaResult;
import dev.regista.migrations.fleet.SchemaResult.Outcome;
import dev.regista.migrations.run.PlannedStep;
import dev.regista.migrations.run.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A command that runs something in many schemas. */
abstract class RunTask extends Task {
    @Mixin
    private final Selection selection = new Selection();

    @Mixin
    private final FleetOptions options = new FleetOptions();

    final Migrations migrations(Application application) {
        return selection.of(application);
    }

    final Target target(String text) {
        try {
            return Target.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    final Fleet fleet(Application application) {
        Fleet fleet = options.of(migrations(application).fleet());
        return root().json
                ? fleet
                : fleet.listener(new Progress(out(), root().host().isTerminal()));
    }

    /** Says what came of it. */
    final int end(FleetResult result, String nothing) {
        boolean ok = result.isComplete();
        if (result.schemas().stream().allMatch(each -> each.outcome() == Outcome.UP_TO_DATE)) {
            say(nothing);
        } else {
            String counts = Arrays.stream(Outcome.values())
                    .filter(outcome -> !result.with(outcome).isEmpty())
                    .map(outcome -> result.with(outcome).size() + " " + Words.of(outcome))
                    .collect(Collectors.joining(", "));
            say(Words.count(result.schemas().size(), "schema: ", "schemas: ")
                    + counts
                    + (ok ? "." : ". Run it again to do what is left."));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", ok);
        json.put("millis", result.took().toMillis());
        List<SchemaResult> schemas = result.schemas();
        json.put("schemas", schemas.stream().map(Words::json).toList());
        return end(ok, json);
    }

    /** Shows what would be sent. */
    final int plan(List<PlannedStep> plan) {
        for (PlannedStep planned : plan) {
            say("-- " + planned.step());
            say(planned.sql());
        }
        return end(
                true,
                plan.stream()
                        .map(planned -> {
                            Map<String, Object> json = Words.json(planned.step().place());
                            json.put("script", planned.step().script());
                            json.put("sql", planned.sql());
                            return json;
                        })
                        .toList());
    }
}
