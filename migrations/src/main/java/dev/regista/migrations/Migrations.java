package dev.regista.migrations;

import dev.regista.Database;
import dev.regista.Registry;
import dev.regista.UnknownDatabaseException;
import dev.regista.UnknownTenantException;
import dev.regista.migrations.fleet.Fleet;
import dev.regista.migrations.fleet.FleetResult;
import dev.regista.migrations.run.HistoryEntry;
import dev.regista.migrations.run.MigrationScript;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.PendingException;
import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.PlannedStep;
import dev.regista.migrations.run.Problem;
import dev.regista.migrations.run.Runner;
import dev.regista.migrations.run.SchemaState;
import dev.regista.migrations.run.Step;
import dev.regista.migrations.run.Step.Direction;
import dev.regista.migrations.run.Target;
import dev.regista.migrations.run.ValidationException;
import dev.regista.migrations.run.Version;
import dev.regista.migrations.run.Worker;
import dev.regista.sql.SqlDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migrations of all SQL databases of a registry, with all their tenants; or of a part of them.
 *
 * <pre>{@code
 * Migrations migrations = Migrations.of(registry);
 * migrations.generate().write("add email");      // what the models have and the schemas do not, as files
 * migrations.upgrade();                          // everything to head, or an exception that says what is not
 * migrations.tenant("acme").downgrade(Target.steps(1));
 * migrations.check();                            // for CI: throws if a migration has not run
 * }</pre>
 *
 * <p>Files are read at the beginning of each operation, those of the class path once. They are SQL, in
 * {@code <location>/<database>/} for the shared schema and {@code <location>/<database>/tenant/} for each tenant:
 * {@code V<version>__<name>.sql}, and {@code U<version>__<name>.sql} to take it back. Each schema has its own history, in
 * Flyway's table {@code flyway_schema_history}.
 *
 * <p>Immutable, and safe for use by several threads. Every method throws {@link dev.regista.ConfigurationException} if files
 * cannot be migrations, and {@link dev.regista.NotOpenException} if a database is not open.
 */
public final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private final Supplier<Map<String, SqlDatabase>> databases;
    private final MigrationSettings settings;
    private final Predicate<Place> selection;
    private final @Nullable String tenant;

    private Migrations(
            Supplier<Map<String, SqlDatabase>> databases,
            MigrationSettings settings,
            Predicate<Place> selection,
            @Nullable String tenant) {
        this.databases = databases;
        this.settings = settings;
        this.selection = selection;
        this.tenant = tenant;
    }

    /** Returns the migrations of a registry, with {@link MigrationSettings#DEFAULT}. */
    public static Migrations of(Registry registry) {
        return of(registry, MigrationSettings.DEFAULT);
    }

    /**
     * Returns the migrations of a registry. Databases that are added or removed later are followed; those that are not SQL
     * databases have none.
     *
     * @param registry connected when an operation begins
     * @param settings where the files are and how they are run
     */
    public static Migrations of(Registry registry, MigrationSettings settings) {
        Objects.requireNonNull(registry, "registry");
        return new Migrations(() -> sqlDatabases(registry), settings, place -> true, null);
    }

    /** Returns the migrations of one database, with {@link MigrationSettings#DEFAULT}. */
    public static Migrations of(SqlDatabase database) {
        return of(database, MigrationSettings.DEFAULT);
    }

    /**
     * Returns the migrations of one database, in the folder of its name.
     *
     * @param database open when an operation begins
     * @param settings where the files are and how they are run
     */
    public static Migrations of(SqlDatabase database, MigrationSettings settings) {
        return new Migrations(() -> Map.of(database.name(), database), settings, place -> true, null);
    }

    /** One that has two names is there once: under its own, if that is one of them. */
    private static Map<String, SqlDatabase> sqlDatabases(Registry registry) {
        Map<String, Database<?>> all = registry.databases();
        Map<String, SqlDatabase> found = new LinkedHashMap<>();
        for (Map.Entry<String, Database<?>> each : all.entrySet()) {
            if (each.getValue() instanceof SqlDatabase database && !found.containsValue(database)) {
                found.put(all.get(database.name()) == database ? database.name() : each.getKey(), database);
            }
        }
        return found;
    }

    /** Returns the databases, by the names of their folders. They need not be open. */
    public Map<String, SqlDatabase> databases() {
        return databases.get();
    }

    /**
     * Returns those of one database.
     *
     * @param name the database's name
     * @throws UnknownDatabaseException from every operation, if there is no such SQL database
     */
    public Migrations database(String name) {
        Supplier<Map<String, SqlDatabase>> only = () -> {
            Map<String, SqlDatabase> all = databases.get();
            SqlDatabase database = all.get(name);
            if (database == null) {
                throw new UnknownDatabaseException(name, all.keySet());
            }
            return Map.of(name, database);
        };
        return new Migrations(only, settings, selection, tenant);
    }

    /** Returns those of the shared schemas. */
    public Migrations shared() {
        return new Migrations(databases, settings, selection.and(Place::isShared), tenant);
    }

    /** Returns those of the tenants. */
    public Migrations tenants() {
        return new Migrations(databases, settings, selection.and(Predicate.not(Place::isShared)), tenant);
    }

    /**
     * Returns those of one tenant, in each database that has it.
     *
     * @param name the tenant's name
     * @throws UnknownTenantException from every operation, if no database has it
     */
    public Migrations tenant(String name) {
        Objects.requireNonNull(name, "name");
        return new Migrations(databases, settings, selection.and(place -> name.equals(place.tenant())), name);
    }

    /** Returns the same schemas as a fleet: how many at a time, who goes first, and results in place of exceptions. */
    public Fleet fleet() {
        return Fleet.of(this::runners, selection);
    }

    /** Returns the migrations there are, database after database, whatever has run. */
    public List<MigrationScript> scripts() {
        return runners().stream().flatMap(runner -> runner.scripts().stream()).toList();
    }

    /** Returns what makes migrations for the same schemas out of the models. */
    public Generation generate() {
        return Generation.of(
                () -> {
                    Map<String, SqlDatabase> all = databases.get();
                    if (tenant != null) {
                        refuseUnknown(tenant, all);
                    }
                    return all;
                },
                settings,
                selection);
    }

    private List<Runner> runners() {
        Map<String, SqlDatabase> all = databases.get();
        if (tenant != null) {
            refuseUnknown(tenant, all);
        }
        List<Runner> runners = all.entrySet().stream()
                .map(each -> Runner.of(each.getKey(), each.getValue(), settings))
                .toList();
        if (runners.stream().allMatch(Runner::isEmpty)) {
            LOG.warn("There are no migrations for {} in {}", all.keySet(), settings.locations());
        }
        return runners;
    }

    private static void refuseUnknown(String tenant, Map<String, SqlDatabase> databases) {
        List<String> known = new ArrayList<>();
        for (SqlDatabase database : databases.values()) {
            if (database.hasTenants()) {
                database.tenants().refresh();
                database.tenants().list().forEach(each -> known.add(each.name()));
            }
        }
        if (!known.contains(tenant)) {
            throw new UnknownTenantException(tenant, String.join(", ", databases.keySet()), known);
        }
    }

    /**
     * Applies all that is pending.
     *
     * @throws dev.regista.migrations.fleet.FleetFailedException if it failed in some schemas; what was done stays
     */
    public FleetResult upgrade() {
        return upgrade(Target.head());
    }

    /**
     * Applies migrations.
     *
     * @param target how far, in each schema
     * @throws dev.regista.migrations.fleet.FleetFailedException if it failed in some schemas; what was done stays
     */
    public FleetResult upgrade(Target target) {
        return fleet().upgrade(target).orThrow();
    }

    /**
     * Takes migrations back, the newest first. Steps are versions: {@code Target.steps(1)} takes the newest version back,
     * wherever it has run.
     *
     * @param target how far
     * @throws dev.regista.migrations.fleet.FleetFailedException if it failed in some schemas; what was done stays
     */
    public FleetResult downgrade(Target target) {
        return fleet().downgrade(target).orThrow();
    }

    /**
     * Makes the histories say that a version is the current one, and runs nothing: for schemas that have their tables already.
     *
     * @param target head, base or a version
     * @throws dev.regista.migrations.fleet.FleetFailedException if it failed in some schemas
     */
    public FleetResult stamp(Target target) {
        return fleet().stamp(target).orThrow();
    }

    /** Returns the current version of each schema; empty before the first migration. */
    public Map<Place, Optional<Version>> current() {
        return states(SchemaState::current);
    }

    /** Returns the history of each schema, oldest first. */
    public Map<Place, List<HistoryEntry>> history() {
        return states(SchemaState::history);
    }

    /** Returns what an upgrade to head would run in each schema. */
    public Map<Place, List<Step>> pending() {
        return states(SchemaState::pending);
    }

    private <T> Map<Place, T> states(Function<SchemaState, T> view) {
        Map<Place, T> views = new LinkedHashMap<>();
        fleet().states().forEach(state -> views.put(state.place(), view.apply(state)));
        return views;
    }

    /**
     * Makes sure that files and histories belong together. What is pending is no problem.
     *
     * @throws ValidationException naming every problem in every schema
     */
    public void validate() {
        refuse(fleet().states());
    }

    private static void refuse(List<SchemaState> states) {
        List<Problem> problems =
                states.stream().flatMap(state -> state.problems().stream()).toList();
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    /**
     * Makes sure that everything is at head, and that files and histories belong together.
     *
     * @throws ValidationException naming every problem in every schema
     * @throws PendingException if a migration has not run somewhere
     */
    public void check() {
        List<SchemaState> states = fleet().states();
        refuse(states);
        List<Step> pending =
                states.stream().flatMap(state -> state.pending().stream()).toList();
        if (!pending.isEmpty()) {
            throw new PendingException(pending);
        }
    }

    /**
     * Makes the histories agree with the files: forgets scripts that failed half way, so that they run again from their
     * beginning; takes over what was edited or renamed; marks as taken back what is missing.
     *
     * @return what was wrong
     */
    public List<Problem> repair() {
        List<Problem> repaired = new ArrayList<>();
        fleet().forEachDatabase((runner, places) -> {
            Runner.Snapshot snapshot = runner.read(places);
            try (Worker worker = runner.worker()) {
                for (Place place : places) {
                    if (!snapshot.state(place).problems().isEmpty()) {
                        repaired.addAll(worker.repair(place));
                    }
                }
            }
        });
        return repaired;
    }

    /** Returns the SQL that an upgrade would send. Nothing is sent. */
    public List<PlannedStep> planUpgrade(Target target) {
        return plan(Direction.UP, target);
    }

    /** Returns the SQL that a downgrade would send. Nothing is sent. */
    public List<PlannedStep> planDowngrade(Target target) {
        return plan(Direction.DOWN, target);
    }

    private List<PlannedStep> plan(Direction direction, Target target) {
        List<PlannedStep> plan = new ArrayList<>();
        Function<Place, Target> targets = direction == Direction.UP ? place -> target : fleet().downTo(target);
        fleet().forEachDatabase((runner, places) -> {
            Runner.Snapshot snapshot = runner.read(places);
            places.forEach(place -> plan.addAll(snapshot.plan(place, direction, targets.apply(place))));
        });
        return plan;
    }
}
