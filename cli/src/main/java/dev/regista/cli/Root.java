package dev.regista.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a command: its options hold for all of them. */
@Command(
        name = "regista",
        description = "The databases of an application: their migrations, tenants, configuration and health.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:what was asked about is not so, or failed",
            "2:the command was used wrongly",
        },
        subcommands = {
            Init.class,
            MakeMigrations.class,
            Revision.class,
            Edit.class,
            Migrate.class,
            Downgrade.class,
            Stamp.class,
            RepairHistory.class,
            Current.class,
            HistoryList.class,
            Heads.class,
            Branches.class,
            Show.class,
            Check.class,
            FleetGroup.class,
            TenantsGroup.class,
            Databases.class,
            Doctor.class,
            Config.class,
            GenerateCompletion.class,
        })
final class Root implements Runnable {
    private final Host host;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration. Default: $REGISTA_CONFIG, or else regista.yaml.")
    String config = "regista.yaml";

    @Option(
            names = {"-p", "--prefix"},
            paramLabel = "NAMES",
            scope = ScopeType.INHERIT,
            description =
                    "The block of the registry in it, with dots: core_lib.data. Default: $REGISTA_PREFIX, or regista.")
    String prefix = "regista";

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            split = ",",
            scope = ScopeType.INHERIT,
            description = "A profile of the configuration; may be repeated. Default: $REGISTA_PROFILE.")
    String @Nullable [] profiles;

    @Option(
            names = {"-cp", "--classpath"},
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description =
                    "The application's classes, drivers and resources: folders, jars, and folders of jars as folder/*,"
                            + " separated as in java -cp. Default: $REGISTA_CLASSPATH.")
    String classpath = "";

    @Option(
            names = "--migrations",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "Where migrations are read and written. Default: what the configuration says.")
    @Nullable
    Path migrations;

    @Option(
            names = {"-C", "--directory"},
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "As if started there: names of files are relative to it.")
    @Nullable
    Path directory;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Prints JSON.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Shows logs, and where errors come from.")
    boolean verbose;

    Root(Host host) {
        this.host = host;
    }

    Host host() {
        return host;
    }

    /** Returns a file as it is to be opened. */
    Path file(String name) {
        return base().resolve(name);
    }

    private Path base() {
        Path base = host.directory();
        return directory == null ? base : base.resolve(directory);
    }

    /** Returns a file as it is to be shown. */
    String shown(Path file) {
        Path root = base().toAbsolutePath().normalize();
        Path full = file.toAbsolutePath().normalize();
        return (full.startsWith(root) ? root.relativize(full) : full).toString().replace('\\', '/');
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }
}
