package dev.regista.cli;

import dev.regista.migrations.run.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "stamp",
        sortOptions = false,
        description = "Makes the histories say that a version is the current one, and runs nothing.")
final class Stamp extends RunTask {
    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            defaultValue = "head",
            description = "head, base or a version. Default: ${DEFAULT-VALUE}.")
    private String target = "";

    @Override
    public Integer call() {
        Target to = target(target);
        try (Application application = Application.load(root())) {
            return end(fleet(application).stamp(to), "The histories say so already.");
        }
    }
}
