package dev.regista.cli;

import dev.regista.DatabaseUrl;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command. */
abstract class Task implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    final CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    final Root root() {
        return (Root) spec().root().userObject();
    }

    final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** Says something to people. */
    final void say(String line) {
        if (!root().json) {
            out().println(DatabaseUrl.mask(line));
            out().flush();
        }
    }

    /** Shows a table to people. */
    final void say(Table table) {
        if (!root().json) {
            table.print(out());
            out().flush();
        }
    }

    /** Says all of it to a program, if it is one that asks, and returns the exit code. */
    final int end(boolean ok, Object json) {
        if (root().json) {
            Json.write(json, out());
        }
        return ok ? 0 : Cli.FAILED;
    }
}
