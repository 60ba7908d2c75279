package dev.regista.migrations;

import dev.regista.migrations.run.JavaMigration;
import dev.regista.migrations.run.MigrationListener;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.MigrationSettingsBuilder;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Section;
import dev.regista.spi.config.Values;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The block {@code migrations} of a configuration. The blocks of databases that name {@link MigrateOnOpen} and
 * {@link MigratedTenants} get them with these settings.
 */
public final class MigrationsSection implements Section<MigrationSettings> {
    private static final Option<List<String>> LOCATIONS = Option.texts("locations")
            .alias("location")
            .defaultsTo("classpath:db/migration")
            .describedAs("Folders that hold a folder for each database: `classpath:..` or `filesystem:..`.");
    private static final Option<Map<String, String>> PLACEHOLDERS =
            Option.table("placeholders").describedAs("What stands for `${name}` in scripts, by name.");
    private static final Option<List<JavaMigration>> JAVA_MIGRATIONS =
            Option.objects("java-migrations", JavaMigration.class).describedAs("Migrations in Java.");
    private static final Option<List<MigrationListener>> LISTENERS =
            Option.objects("listeners", MigrationListener.class).describedAs("Who is told of every step.");
    private static final Option<Boolean> OUT_OF_ORDER = Option.flag("out-of-order")
            .defaultsTo(false)
            .describedAs("Whether a migration runs though one with a higher version has.");
    private static final Option<Duration> LOCK_TIMEOUT = Option.duration("lock-timeout")
            .defaultsTo("5m")
            .describedAs("How long to wait for another runner in the same schema.");

    @Override
    public String name() {
        return "migrations";
    }

    @Override
    public String description() {
        return "Where the migrations of all databases are and how they are run.";
    }

    @Override
    public Class<MigrationSettings> type() {
        return MigrationSettings.class;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(LOCATIONS, PLACEHOLDERS, JAVA_MIGRATIONS, LISTENERS, OUT_OF_ORDER, LOCK_TIMEOUT);
    }

    @Override
    public MigrationSettings build(Values values) {
        MigrationSettingsBuilder settings = MigrationSettings.builder();
        values.find(LOCATIONS).ifPresent(all -> all.forEach(settings::location));
        values.find(PLACEHOLDERS).ifPresent(all -> all.forEach(settings::placeholder));
        values.find(JAVA_MIGRATIONS).ifPresent(all -> settings.javaMigrations(all.toArray(new JavaMigration[0])));
        values.find(LISTENERS).ifPresent(all -> all.forEach(settings::listener));
        values.find(OUT_OF_ORDER).ifPresent(settings::outOfOrder);
        values.find(LOCK_TIMEOUT).ifPresent(settings::lockTimeout);
        return settings.build();
    }

    @Override
    public Map<String, Object> provides(MigrationSettings settings) {
        return Map.of(
                MigrateOnOpen.class.getName(), new MigrateOnOpen(settings),
                MigratedTenants.class.getName(), new MigratedTenants(settings));
    }
}
