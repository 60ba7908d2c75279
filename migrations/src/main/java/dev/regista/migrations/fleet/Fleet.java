package dev.regista.migrations.fleet;

import dev.regista.ConfigurationException;
import dev.regista.migrations.fleet.SchemaResult.Outcome;
import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.Runner;
import dev.regista.migrations.run.SchemaState;
import dev.regista.migrations.run.Step.Direction;
import dev.regista.migrations.run.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All schemas of some databases, migrated in one run: database after database; in each, the shared schema, then the canaries
 * one by one, then the other tenants several at a time. Downwards, tenants come before the shared schema.
 *
 * <p>A tenant that fails stops nobody else, unless it is a canary. If the shared schema fails, the tenants of that database are
 * skipped. What has been done is in the histories, so the next run does only what is left.
 *
 * <p>Immutable: methods that set something return another fleet. Safe for use by several threads.
 */
public final class Fleet {
    private static final int DEFAULT_CONNECTIONS = 4;

    private final Supplier<List<Runner>> runners;
    private final Predicate<Place> selection;
    private final int connections;
    private final Set<String> canaries;
    private final int stopAfter;
    private final List<FleetListener> listeners;

    private Fleet(
            Supplier<List<Runner>> runners,
            Predicate<Place> selection,
            int connections,
            Set<String> canaries,
            int stopAfter,
            List<FleetListener> listeners) {
        this.runners = runners;
        this.selection = selection;
        this.connections = connections;
        this.canaries = canaries;
        this.stopAfter = stopAfter;
        this.listeners = listeners;
    }

    /**
     * Returns a fleet.
     *
     * @param runners asked at the beginning of each run, one per database
     * @param selection which of their schemas belong to it
     */
    public static Fleet of(Supplier<List<Runner>> runners, Predicate<Place> selection) {
        return new Fleet(runners, selection, DEFAULT_CONNECTIONS, Set.of(), Integer.MAX_VALUE, List.of());
    }

    /**
     * How many tenants of a database are migrated at a time, each over a connection beside the pool. Hundreds of histories
     * are read over as many. On H2, whose DDL
     * locks the whole database, it is one, with a second connection as a lock. Default: 4.
     *
     * @param limit at least 1
     */
    public Fleet connections(int limit) {
        if (limit < 1) {
            throw new ConfigurationException("the number of connections must be at least 1, not " + limit);
        }
        return new Fleet(runners, selection, limit, canaries, stopAfter, listeners);
    }

    /**
     * Tenants that go first, one by one, in this order; if one fails, the other tenants of its database are skipped. Default:
     * none.
     *
     * @param tenants names; one that a database does not have is not looked for there
     */
    public Fleet canaries(String... tenants) {
        return new Fleet(runners, selection, connections, new LinkedHashSet<>(List.of(tenants)), stopAfter, listeners);
    }

    /**
     * After how many failing schemas no other is begun; those under way are finished. Default: never.
     *
     * @param failures at least 1
     */
    public Fleet stopAfter(int failures) {
        if (failures < 1) {
            throw new ConfigurationException("the number of failures must be at least 1, not " + failures);
        }
        return new Fleet(runners, selection, connections, canaries, failures, listeners);
    }

    /** Adds someone who is told of each schema as soon as it is finished. */
    public Fleet listener(FleetListener listener) {
        List<FleetListener> all = new ArrayList<>(listeners);
        all.add(listener);
        return new Fleet(runners, selection, connections, canaries, stopAfter, List.copyOf(all));
    }

    /**
     * Applies migrations everywhere.
     *
     * @param target how far, in each schema
     * @return what happened in each schema; a failure there is not thrown
     * @throws ConfigurationException if the files cannot be migrations
     * @throws dev.regista.RegistaException if a database, or its histories, cannot be reached; nothing has been done then
     */
    public FleetResult upgrade(Target target) {
        return run(
                Direction.UP,
                state -> !state.isUpToDate(),
                (worker, snapshot, place, done) -> worker.upgrade(snapshot, place, target, done));
    }

    /**
     * Returns how far a downgrade goes in each schema. A number of steps is a number of versions: the newest ones are taken
     * back wherever they have run, and schemas that have none of them stay as they are.
     *
     * @param target head, base, a version or steps
     */
    public Function<Place, Target> downTo(Target target) {
        return target instanceof Target.Steps steps ? Steps.down(steps.count(), states(true)) : place -> target;
    }

    /**
     * Takes migrations back everywhere.
     *
     * @param target how far, as {@link #downTo} has it
     * @return what happened in each schema; a failure there is not thrown
     * @throws ConfigurationException as {@link #upgrade}
     * @throws dev.regista.RegistaException as {@link #upgrade}
     */
    public FleetResult downgrade(Target target) {
        Function<Place, Target> targets = downTo(target);
        return run(
                Direction.DOWN,
                state -> isAbove(state, targets.apply(state.place()))
                        || !state.problems().isEmpty(),
                (worker, snapshot, place, done) -> worker.downgrade(snapshot, place, targets.apply(place), done));
    }

    private static boolean isAbove(SchemaState state, Target target) {
        return target instanceof Target.At at
                ? state.current().isPresent() && !state.current().equals(Optional.of(at.version()))
                : !state.applied().isEmpty();
    }

    /**
     * Makes the histories say that a version is the current one. Nothing else is run.
     *
     * @param target head, base or a version
     * @return what happened in each schema; a failure there is not thrown
     * @throws ConfigurationException as {@link #upgrade}
     * @throws dev.regista.RegistaException as {@link #upgrade}
     */
    public FleetResult stamp(Target target) {
        return run(
                Direction.UP,
                state -> true,
                (worker, snapshot, place, done) -> worker.stamp(snapshot, place, target, done));
    }

    /** Returns what each schema has and lacks, in the order of the fleet. */
    public List<SchemaState> states() {
        return states(false);
    }

    private List<SchemaState> states(boolean onlyKnown) {
        List<SchemaState> states = new ArrayList<>();
        forEachDatabase((runner, places) -> {
            Runner.Snapshot snapshot = runner.read(places, connections);
            places.stream()
                    .filter(place -> !onlyKnown || snapshot.isKnown(place))
                    .forEach(place -> states.add(snapshot.state(place)));
        });
        return states;
    }

    /** Returns which schemas are at which version. */
    public Skew skew() {
        return Skew.of(states());
    }

    /**
     * Does something for each database, with those of its schemas that belong to this fleet.
     *
     * @param action not called for databases that have none
     */
    public void forEachDatabase(java.util.function.BiConsumer<Runner, List<Place>> action) {
        for (Runner runner : runners.get()) {
            List<Place> places = runner.places().stream().filter(selection).toList();
            if (!places.isEmpty()) {
                action.accept(runner, places);
            }
        }
    }

    private FleetResult run(Direction direction, Predicate<SchemaState> hasWork, DatabaseRun.Work work) {
        long begin = System.nanoTime();
        List<SchemaResult> results = new ArrayList<>();
        Failed failed = new Failed(stopAfter);
        List<Runnable> runs = new ArrayList<>();
        int[] count = {0};
        Told told = new Told(listeners);
        forEachDatabase((runner, places) -> {
            Runner.Snapshot snapshot = runner.read(places, connections);
            count[0] += places.size();
            runs.add(() -> {
                DatabaseRun run = new DatabaseRun(runner, snapshot, connections, work, failed, told);
                List<Place> busy = new ArrayList<>();
                for (Place place : places) {
                    if (!snapshot.isKnown(place) || hasWork.test(snapshot.state(place))) {
                        busy.add(place);
                    } else {
                        run.put(SchemaResult.without(place, Outcome.UP_TO_DATE));
                    }
                }
                run.run(busy, canaries, direction);
                places.forEach(place -> results.add(run.end(place)));
            });
        });
        // Not before all databases have been reached.
        told.begin(count[0]);
        runs.forEach(Runnable::run);
        return new FleetResult(results, Duration.ofNanos(System.nanoTime() - begin));
    }
}
