package dev.regista.cli;

import dev.regista.ConfigurationException;
import dev.regista.migrations.run.MigrationScript;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Prints a migration: what leads up, and what leads back.")
final class Show extends ScriptTask {
    @Parameters(paramLabel = "VERSION", description = "Its version, or head.")
    private String version = "";

    @Override
    public Integer call() {
        try (Application application = Application.load(root())) {
            List<MigrationScript> found = find(scripts(application), version);
            found.forEach(this::show);
            return end(
                    true,
                    found.stream()
                            .map(script -> {
                                Map<String, Object> json = json(script);
                                json.put("up", script.up().orElse(null));
                                json.put("downText", script.down().orElse(null));
                                return json;
                            })
                            .toList());
        }
    }

    /** Those of all databases and kinds of schemas that have the version. */
    static List<MigrationScript> find(List<MigrationScript> all, String version) {
        String wanted = version.equals("head")
                ? all.stream()
                        .map(MigrationScript::version)
                        .max(java.util.Comparator.naturalOrder())
                        .map(Object::toString)
                        .orElse(version)
                : version;
        List<MigrationScript> found = all.stream()
                .filter(script -> script.version().toString().equals(wanted.replace('_', '.')))
                .toList();
        if (found.isEmpty()) {
            throw new ConfigurationException("there is no migration '" + version + "'; there are: "
                    + all.stream()
                            .map(script -> script.version().toString())
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return found;
    }

    private void show(MigrationScript script) {
        say("-- " + script.script() + " of database '" + script.database() + "', " + kind(script));
        say(script.up().map(String::stripTrailing).orElse("-- is Java"));
        say("");
        say("-- " + script.downScript()
                + (script.hasDown() ? "" : " does not exist: this migration cannot be taken back"));
        script.down().ifPresent(down -> say(down.stripTrailing()));
    }
}
