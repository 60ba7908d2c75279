package dev.regista.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has commands. */
abstract class Group implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final void run() {
        CommandSpec here = Objects.requireNonNull(spec);
        throw new ParameterException(
                here.commandLine(),
                "a command is missing: " + String.join(", ", here.subcommands().keySet()));
    }
}
