package dev.regista.cli;

import dev.regista.migrations.run.MigrationScript;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that looks at files. */
abstract class ScriptTask extends Task {
    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            description = "Only this database.")
    private @Nullable String database;

    final List<MigrationScript> scripts(Application application) {
        return application.migrations(database).scripts();
    }

    static String kind(MigrationScript script) {
        return script.ofTenants() ? "tenants" : "shared";
    }

    static Map<String, Object> json(MigrationScript script) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("database", script.database());
        json.put("tenants", script.ofTenants());
        json.put("version", script.version());
        json.put("description", script.description());
        json.put("script", script.script());
        json.put("down", script.hasDown() ? script.downScript() : null);
        return json;
    }
}
