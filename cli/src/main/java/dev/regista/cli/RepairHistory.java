package dev.regista.cli;

import dev.regista.migrations.run.Problem;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "repair",
        description =
                "Makes the histories agree with the files: forgets what stopped half way, takes over what was edited,"
                        + " marks as taken back what is missing.")
final class RepairHistory extends Task {
    @Mixin
    private final Selection selection = new Selection();

    @Override
    public Integer call() {
        try (Application application = Application.load(root())) {
            List<String> repaired = selection.of(application).repair().stream()
                    .map(Problem::message)
                    .toList();
            repaired.forEach(message -> say("repaired: " + message));
            if (repaired.isEmpty()) {
                say("Nothing to repair.");
            }
            return end(true, Map.of("repaired", repaired));
        }
    }
}
