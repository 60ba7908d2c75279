package dev.regista.cli;

import dev.regista.DatabaseUrl;
import dev.regista.migrations.fleet.FleetListener;
import dev.regista.migrations.fleet.SchemaResult;
import dev.regista.migrations.fleet.SchemaResult.Outcome;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Shows how a run comes along: a bar on a terminal, else a line for each schema in which something happened. */
final class Progress implements FleetListener {
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean isTerminal;
    private int schemas;
    private int finished;
    private int failed;

    Progress(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public synchronized void begin(int count) {
        schemas = count;
    }

    @Override
    public synchronized void finished(SchemaResult result) {
        finished++;
        boolean isFailure = result.outcome() == Outcome.FAILED;
        failed += isFailure ? 1 : 0;
        if (!isTerminal) {
            line(result);
        } else {
            if (isFailure) {
                out.print("\r" + " ".repeat(WIDTH + 40) + "\r");
                line(result);
            }
            bar();
        }
        out.flush();
    }

    private void line(SchemaResult result) {
        if (result.outcome() != Outcome.UP_TO_DATE) {
            String ran = result.ran().stream().map(Words::ran).collect(Collectors.joining(", "));
            out.println(DatabaseUrl.mask(Words.place(result.place()) + ": "
                    + (result.outcome() == Outcome.DONE ? ran : Words.of(result.outcome()))
                    + result.problem().map(e -> ": " + e.getMessage()).orElse("")));
        }
    }

    private void bar() {
        int done = schemas == 0 ? WIDTH : WIDTH * finished / schemas;
        out.print("\r[" + "#".repeat(done) + " ".repeat(WIDTH - done) + "] " + finished + "/" + schemas
                + (failed == 0 ? "" : ", " + failed + " failed"));
        if (finished == schemas) {
            out.println();
        }
    }
}
