package dev.regista.cli;

import dev.regista.migrations.run.SchemaState;
import dev.regista.migrations.run.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "branches",
        description = "Prints the migrations that have not run though newer ones have, as after a merge of branches.")
final class Branches extends StateTask {
    @Override
    int show(List<SchemaState> states) {
        Table table = new Table("DATABASE", "TENANT", "VERSION", "DESCRIPTION", "AT");
        List<Object> json = new ArrayList<>();
        for (SchemaState state : states) {
            for (Step step : state.pending()) {
                if (state.current()
                        .filter(current -> step.version().compareTo(current) < 0)
                        .isPresent()) {
                    table.row(
                            state.place().database(),
                            Words.tenant(state.place()),
                            step.version().toString(),
                            step.description(),
                            Words.version(state.current()));
                    Map<String, Object> each = Words.json(state.place());
                    each.put("version", step.version());
                    each.put("description", step.description());
                    each.put("at", state.current().orElse(null));
                    json.add(each);
                }
            }
        }
        if (json.isEmpty()) {
            say("There are none.");
        } else {
            say(table);
            say("With out-of-order: true in the block of migrations they run; or give them higher versions.");
        }
        return end(true, json);
    }
}
