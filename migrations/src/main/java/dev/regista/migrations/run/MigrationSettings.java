package dev.regista.migrations.run;

import dev.regista.spi.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where migrations are and how they are run. Immutable; the constructor checks and copies.
 *
 * @param locations folders that hold one folder per database: {@code classpath:…} or {@code filesystem:…}
 * @param placeholders what stands for <code>${name}</code> in scripts
 * @param javaMigrations migrations in Java, of all databases
 * @param listeners who is told of every step
 * @param outOfOrder whether a migration runs though one with a higher version has
 * @param lockTimeout how long to wait for another runner in the same schema
 */
public record MigrationSettings(
        List<String> locations,
        Map<String, String> placeholders,
        List<JavaMigration> javaMigrations,
        List<MigrationListener> listeners,
        boolean outOfOrder,
        Duration lockTimeout) {
    /** {@code classpath:db/migration}, and the defaults of {@link MigrationSettingsBuilder}. */
    public static final MigrationSettings DEFAULT = builder().build();

    /**
     * Checks and copies.
     *
     * @throws dev.regista.ConfigurationException naming everything that cannot work
     */
    public MigrationSettings {
        locations = List.copyOf(locations);
        placeholders = Map.copyOf(placeholders);
        javaMigrations = List.copyOf(javaMigrations);
        listeners = List.copyOf(listeners);
        List<String> problems = new ArrayList<>();
        for (String location : locations) {
            if (!location.startsWith(Scanner.CLASSPATH) && !location.startsWith(Scanner.FILESYSTEM)) {
                problems.add("a location begins with classpath: or filesystem:, not '" + location + "'");
            }
        }
        if (lockTimeout.isNegative()) {
            problems.add("the lock timeout must not be negative, not " + lockTimeout);
        }
        DatabaseSettings.throwIfAny(problems);
    }

    /** Returns a builder with the defaults. */
    public static MigrationSettingsBuilder builder() {
        return new MigrationSettingsBuilder();
    }
}
