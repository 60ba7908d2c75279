package dev.regista.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Environment variables that stand in for options. */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Map<String, String> VARIABLES = Map.of(
            "--config", "REGISTA_CONFIG",
            "--classpath", "REGISTA_CLASSPATH",
            "--prefix", "REGISTA_PREFIX");

    private final Host host;

    EnvironmentDefaults(Host host) {
        this.host = host;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String variable = VARIABLES.get(option.longestName());
        return variable == null ? null : host.environment().get(variable);
    }
}
