package dev.regista.cli;

import dev.regista.migrations.run.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "migrate",
        aliases = "upgrade",
        sortOptions = false,
        description = {
            "Applies what is pending, in all schemas.",
            "A tenant that fails stops no other. The next run does what is left."
        })
final class Migrate extends RunTask {
    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            defaultValue = "head",
            description = "head, a version, or +N for some steps. Default: ${DEFAULT-VALUE}.")
    private String target = "";

    @Option(names = "--sql", description = "Prints the SQL, and sends nothing.")
    private boolean sql;

    @Override
    public Integer call() {
        Target to = target(target);
        try (Application application = Application.load(root())) {
            return sql
                    ? plan(migrations(application).planUpgrade(to))
                    : end(fleet(application).upgrade(to), "Nothing to do.");
        }
    }
}
