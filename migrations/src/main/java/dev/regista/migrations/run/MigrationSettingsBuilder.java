package dev.regista.migrations.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Builds {@link MigrationSettings}. Not safe for use by several threads. */
public final class MigrationSettingsBuilder {
    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMinutes(5);

    private final List<String> locations = new ArrayList<>();
    private final Map<String, String> placeholders = new LinkedHashMap<>();
    private final List<JavaMigration> javaMigrations = new ArrayList<>();
    private final List<MigrationListener> listeners = new ArrayList<>();
    private boolean outOfOrder;
    private Duration lockTimeout = DEFAULT_LOCK_TIMEOUT;

    MigrationSettingsBuilder() {}

    /**
     * Adds a folder that holds one folder per database, named like it. Default: {@code classpath:db/migration} alone.
     *
     * @param location {@code classpath:} or {@code filesystem:}, and the path
     */
    public MigrationSettingsBuilder location(String location) {
        locations.add(Objects.requireNonNull(location, "location"));
        return this;
    }

    /**
     * Adds a folder of the file system, as {@link #location(String)}.
     *
     * @param folder the folder; must exist when migrations are looked for
     */
    public MigrationSettingsBuilder location(Path folder) {
        return location(Scanner.FILESYSTEM + folder);
    }

    /**
     * Sets what stands for <code>${name}</code> in scripts. <code>${shared}</code> is the name of the shared schema unless
     * it is set here. <code>${flyway:defaultSchema}</code>,
     * <code>${flyway:database}</code>, <code>${flyway:user}</code>, <code>${flyway:table}</code> and
     * <code>${flyway:filename}</code> are set by the runner. One that nobody has set fails the script before it is sent.
     */
    public MigrationSettingsBuilder placeholder(String name, String value) {
        placeholders.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Adds migrations in Java. */
    public MigrationSettingsBuilder javaMigrations(JavaMigration... migrations) {
        javaMigrations.addAll(List.of(migrations));
        return this;
    }

    /** Adds someone who is told of every step. */
    public MigrationSettingsBuilder listener(MigrationListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Whether a migration runs though one with a higher version has, as after a merge of branches. Default: false. */
    public MigrationSettingsBuilder outOfOrder(boolean allowed) {
        this.outOfOrder = allowed;
        return this;
    }

    /**
     * How long to wait for another runner in the same schema. Default: 5 minutes.
     *
     * @param limit not negative
     */
    public MigrationSettingsBuilder lockTimeout(Duration limit) {
        this.lockTimeout = Objects.requireNonNull(limit, "limit");
        return this;
    }

    /**
     * Returns the settings.
     *
     * @throws dev.regista.ConfigurationException naming everything that cannot work
     */
    public MigrationSettings build() {
        return new MigrationSettings(
                locations.isEmpty() ? List.of(Scanner.CLASSPATH + "db/migration") : locations,
                placeholders,
                javaMigrations,
                listeners,
                outOfOrder,
                lockTimeout);
    }
}
