package dev.regista.cli;

import dev.regista.migrations.Draft;
import dev.regista.migrations.Migrations;
import dev.regista.migrations.generate.RefusedChangesException;
import dev.regista.migrations.run.SchemaState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        sortOptions = false,
        description = {
            "Makes sure that files and histories belong together, that everything is at head, and that the schemas are what the"
                    + " models need. For CI: exits with 1 if not, and says what."
        })
final class Check extends Task {
    @Mixin
    private final Selection selection = new Selection();

    @Option(names = "--no-models", description = "Does not look at the models.")
    private boolean noModels;

    @Override
    public Integer call() {
        try (Application application = Application.load(root())) {
            Migrations migrations = selection.of(application);
            List<SchemaState> states = migrations.fleet().states();
            List<String> problems = states.stream()
                    .flatMap(state -> state.problems().stream())
                    .map(problem -> problem.message())
                    .toList();
            List<String> pending = states.stream()
                    .flatMap(state -> state.pending().stream())
                    .map(Object::toString)
                    .toList();
            boolean atHead = problems.isEmpty() && pending.isEmpty();
            List<String> differences = atHead && !noModels ? differences(migrations) : List.of();
            problems.forEach(each -> say("problem: " + each));
            pending.forEach(each -> say("pending: " + each));
            differences.forEach(each -> say("differs: " + each));
            boolean ok = atHead && differences.isEmpty();
            if (ok) {
                say(Words.count(states.size(), "schema is", "schemas are") + " at head"
                        + (noModels ? "." : ", and as the models need them."));
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ok", ok);
            json.put("schemas", states.size());
            json.put("problems", problems);
            json.put("pending", pending);
            json.put("differences", differences);
            return end(ok, json);
        }
    }

    /** What a migration would do; where something is refused, what that is. */
    private static List<String> differences(Migrations migrations) {
        List<String> differences = new ArrayList<>();
        try {
            for (Draft draft : migrations.generate().compare()) {
                String where = draft.database() + (draft.ofTenants() ? ", tenants: " : ": ");
                draft.migration().up().forEach(sql -> differences.add(where + sql));
                draft.migration()
                        .afterwards()
                        .ifPresent(afterwards -> afterwards.up().forEach(sql -> differences.add(where + sql)));
            }
        } catch (RefusedChangesException e) {
            e.refusals()
                    .forEach(refusal -> differences.add(
                            refusal.what() + ": " + refusal.explanation().split("[;:]", 2)[0]));
        }
        return differences;
    }
}
