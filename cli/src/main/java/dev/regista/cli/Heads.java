package dev.regista.cli;

import dev.regista.migrations.run.MigrationScript;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "heads", description = "Prints the newest migration of each database, whether it has run or not.")
final class Heads extends ScriptTask {
    @Override
    public Integer call() {
        try (Application application = Application.load(root())) {
            Map<String, MigrationScript> newest = new LinkedHashMap<>();
            scripts(application).forEach(script -> newest.put(script.database() + "/" + kind(script), script));
            Table table = new Table("DATABASE", "FOR", "VERSION", "DESCRIPTION");
            newest.values()
                    .forEach(script -> table.row(
                            script.database(), kind(script), script.version().toString(), script.description()));
            say(table);
            return end(true, newest.values().stream().map(ScriptTask::json).toList());
        }
    }
}
