package dev.regista.cli;

import dev.regista.ConfigurationException;
import dev.regista.migrations.run.MigrationScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "edit", description = "Opens the files of a migration in $VISUAL or $EDITOR.")
final class Edit extends ScriptTask {
    @Parameters(paramLabel = "VERSION", description = "Its version, or head.")
    private String version = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(editor());
        try (Application application = Application.load(root())) {
            List<MigrationScript> scripts = Show.find(scripts(application), version);
            for (String location : application.settings().locations()) {
                if (location.startsWith("filesystem:")) {
                    Path folder = Path.of(location.substring("filesystem:".length()));
                    scripts.stream()
                            .flatMap(script -> files(folder, script))
                            .filter(Files::isRegularFile)
                            .forEach(file -> command.add(file.toString()));
                }
            }
        }
        if (command.size() == editor().size()) {
            throw new ConfigurationException("the files of " + version + " are not in the file system");
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0 ? 0 : Cli.FAILED;
    }

    private List<String> editor() {
        Map<String, String> environment = root().host().environment();
        String editor = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", ""));
        if (editor.isBlank()) {
            throw new ConfigurationException("there is no editor: set EDITOR");
        }
        return List.of(editor.strip().split("\\s+"));
    }

    private static Stream<Path> files(Path location, MigrationScript script) {
        Path database = location.resolve(script.database());
        Path folder = script.ofTenants() ? database.resolve("tenant") : database;
        return Stream.of(folder.resolve(script.script()), folder.resolve(script.downScript()));
    }
}
