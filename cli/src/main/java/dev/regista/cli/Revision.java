package dev.regista.cli;

import dev.regista.Registry;
import dev.regista.migrations.Generation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "revision", description = "Writes a pair of empty migrations, to be filled by hand.")
final class Revision extends Task {
    @Parameters(paramLabel = "NAME", description = "What the change is: a part of the files' names.")
    private String name = "";

    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            defaultValue = Registry.MAIN,
            description = "The database. Default: ${DEFAULT-VALUE}.")
    private String database = "";

    @Option(names = "--tenants", description = "For tenants, and not for the shared schema.")
    private boolean tenants;

    @Option(
            names = "--version-number",
            paramLabel = "N",
            description = "The version. Default: the time in UTC, as 20260131120000.")
    private @Nullable String version;

    @Override
    public Integer call() {
        try (Application application = Application.load(root())) {
            Generation generation = application.migrations(database).generate();
            if (version != null) {
                generation = generation.version(version);
            }
            List<Path> files = generation.writeEmpty(database, tenants, name);
            files.forEach(file -> say("wrote " + root().shown(file)));
            return end(true, Map.of("files", files.stream().map(root()::shown).toList()));
        }
    }
}
