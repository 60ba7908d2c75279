package dev.regista.cli;

import dev.regista.ConfigurationException;
import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.fleet.SchemaResult.Outcome;
import dev.regista.migrations.run.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "downgrade",
        sortOptions = false,
        description = "Takes migrations back, the newest first, in all schemas: tenants before the shared one.")
final class Downgrade extends RunTask {
    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            defaultValue = "-1",
            description =
                    "base, a version, or -N for the newest N versions, wherever they have run. Default: ${DEFAULT-VALUE}.")
    private String target = "";

    @Option(names = "--sql", description = "Prints the SQL, and sends nothing.")
    private boolean sql;

    @Override
    public Integer call() {
        Target to = target(target);
        try (Application application = Application.load(root())) {
            if (sql) {
                return plan(migrations(application).planDowngrade(to));
            }
            if (migrations(application).current().values().stream().allMatch(version -> version.isEmpty())) {
                throw new ConfigurationException("there is nothing to take back: all schemas are at base");
            }
            FleetResult result = fleet(application).downgrade(to);
            boolean nothing = result.schemas().stream().allMatch(each -> each.outcome() == Outcome.UP_TO_DATE);
            return end(result, nothing ? "Nothing to take back down to " + to + "." : "");
        }
    }
}
