package dev.regista.cli;

import dev.regista.migrations.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a fleet is run. */
final class FleetOptions {
    @Option(
            names = "--canary",
            paramLabel = "TENANT",
            description = "Goes first, alone; if it fails, no other tenant is touched. May be repeated.")
    private List<String> canaries = new ArrayList<>();

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many tenants at a time, for each database. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--stop-after",
            paramLabel = "N",
            description = "Begins no other schema after so many have failed. Default: goes on.")
    private int stopAfter = Integer.MAX_VALUE;

    Fleet of(Fleet fleet) {
        return fleet.canaries(canaries.toArray(new String[0]))
                .connections(connections)
                .stopAfter(stopAfter);
    }
}
