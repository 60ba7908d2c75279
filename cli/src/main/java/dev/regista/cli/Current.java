package dev.regista.cli;

import dev.regista.migrations.run.SchemaState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "current", description = "Prints the version of each schema, and what it lacks.")
final class Current extends StateTask {
    @Override
    int show(List<SchemaState> states) {
        Table table = new Table("DATABASE", "TENANT", "VERSION", "");
        List<Object> json = new ArrayList<>();
        for (SchemaState state : states) {
            table.row(
                    state.place().database(), Words.tenant(state.place()), Words.version(state.current()), note(state));
            Map<String, Object> each = Words.json(state.place());
            each.put("version", state.current().orElse(null));
            each.put("head", state.isUpToDate());
            each.put("pending", state.pending().size());
            each.put(
                    "problems",
                    state.problems().stream().map(problem -> problem.message()).toList());
            json.add(each);
        }
        say(table);
        return end(true, json);
    }

    private static String note(SchemaState state) {
        if (!state.problems().isEmpty()) {
            return Words.count(state.problems().size(), "problem", "problems") + ", see check";
        }
        return state.pending().isEmpty() ? "head" : state.pending().size() + " pending";
    }
}
