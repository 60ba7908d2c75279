package dev.regista.migrations;

import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.Runner;
import dev.regista.migrations.run.Target;
import dev.regista.migrations.run.Worker;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.TenantSetup;
import dev.regista.sql.tenancy.TenantInfo;
import java.util.List;
import java.util.Objects;

/**
 * Fills the schema of a new tenant with the migrations of tenants, so that it starts at head:
 * {@code .tenantSetup(new MigratedTenants())}, in YAML {@code tenant-setup: dev.regista.migrations.MigratedTenants}, with the
 * settings of the block {@code migrations}.
 */
public final class MigratedTenants implements TenantSetup {
    private final MigrationSettings settings;

    /** With {@link MigrationSettings#DEFAULT}. */
    public MigratedTenants() {
        this(MigrationSettings.DEFAULT);
    }

    /** With settings. */
    public MigratedTenants(MigrationSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * Migrates the tenant.
     *
     * @throws dev.regista.migrations.run.MigrationException if that fails
     */
    @Override
    public void setUp(SqlDatabase database, TenantInfo tenant) {
        Runner runner = Runner.of(database.name(), database, settings);
        Place place = runner.place(tenant);
        Runner.Snapshot snapshot = runner.read(List.of(place));
        try (Worker worker = runner.worker()) {
            worker.upgrade(snapshot, place, Target.head(), ran -> {});
        }
    }
}
