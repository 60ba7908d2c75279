package dev.regista.cli;

import java.util.List;
import java.util.logging.LogManager;

/**
 * The command line. Exits with 0 if all is well, 1 if what was asked about is not so or failed, 2 if the command was used
 * wrongly.
 */
public final class Main {
    private Main() {}

    /** Runs a command and exits. */
    public static void main(String[] args) {
        boolean verbose = List.of(args).contains("-v") || List.of(args).contains("--verbose");
        // Before the first logger is made.
        System.setProperty("regista.log", verbose ? "INFO" : "OFF");
        if (!verbose) {
            LogManager.getLogManager().reset();
        }
        System.exit(Cli.of(Host.system()).execute(args));
    }
}
