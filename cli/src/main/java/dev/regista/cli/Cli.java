package dev.regista.cli;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import dev.regista.RegistaException;
import dev.regista.migrations.generate.RefusedChangesException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes the command line, and turns exceptions into words and exit codes. */
final class Cli {
    /** What was asked about is not so, or failed. */
    static final int FAILED = 1;

    private Cli() {}

    static CommandLine of(Host host) {
        Root root = new Root(host);
        CommandLine line = new CommandLine(root);
        line.setDefaultValueProvider(new EnvironmentDefaults(host));
        line.setExecutionExceptionHandler((e, at, parsed) -> failed(e, at, root));
        line.setParameterExceptionHandler((e, arguments) -> misused(e));
        line.setExitCodeExceptionMapper(e -> FAILED);
        return line;
    }

    private static int misused(ParameterException e) {
        CommandLine at = e.getCommandLine();
        PrintWriter err = at.getErr();
        err.println("error: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + at.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine at, Root root) {
        List<String> messages = messages(e);
        PrintWriter err = at.getErr();
        messages.forEach(message -> err.println("error: " + DatabaseUrl.mask(message)));
        if (root.verbose) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            err.print(DatabaseUrl.mask(trace.toString()));
        } else if (!(e instanceof RegistaException)) {
            err.println("--verbose shows where.");
        }
        err.flush();
        if (root.json) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("ok", false);
            json.put("errors", messages.stream().map(DatabaseUrl::mask).toList());
            Json.write(json, at.getOut());
        }
        return FAILED;
    }

    private static List<String> messages(Exception e) {
        if (e instanceof ConfigurationException configuration) {
            return configuration.problems();
        }
        if (e instanceof RefusedChangesException refused) {
            return Refusals.messages(refused);
        }
        if (e instanceof RegistaException) {
            return List.of(String.valueOf(e.getMessage()));
        }
        return List.of(e instanceof UncheckedIOException ? String.valueOf(e.getCause()) : e.toString());
    }
}
