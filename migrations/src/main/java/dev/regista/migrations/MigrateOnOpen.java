package dev.regista.migrations;

import dev.regista.callback.Hook;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.sql.SqlDatabase;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates a database to head each time it has been opened, before anyone can use it: {@code .onOpen(new MigrateOnOpen())}, in
 * YAML {@code on-open: [dev.regista.migrations.MigrateOnOpen]}, with the settings of the block {@code migrations}. If that
 * fails, the database does not open. One that may be down is migrated when it comes up. Of several processes that open at the
 * same time, one migrates and the others wait.
 *
 * <p>Does nothing where the system property {@value #PROPERTY} or the environment variable {@value #VARIABLE} is
 * {@code false}; then the database opens as it is.
 */
public final class MigrateOnOpen implements Hook<SqlDatabase> {
    /** The system property that switches it off. */
    public static final String PROPERTY = "regista.migrate-on-open";

    /** The environment variable that switches it off, unless the system property is set. */
    public static final String VARIABLE = "REGISTA_MIGRATE_ON_OPEN";

    private static final Logger LOG = LoggerFactory.getLogger(MigrateOnOpen.class);

    private final MigrationSettings settings;

    /** With {@link MigrationSettings#DEFAULT}. */
    public MigrateOnOpen() {
        this(MigrationSettings.DEFAULT);
    }

    /** With settings. */
    public MigrateOnOpen(MigrationSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * Migrates.
     *
     * @throws dev.regista.migrations.fleet.FleetFailedException if it failed in some schemas
     */
    @Override
    public void run(SqlDatabase database) {
        String allowed = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, "true"));
        if (allowed.strip().toLowerCase(Locale.ROOT).equals("false")) {
            LOG.info("Database '{}' is not migrated: that is switched off", database.name());
            return;
        }
        LOG.info(
                "Database '{}': {}",
                database.name(),
                Migrations.of(database, settings).upgrade());
    }
}
