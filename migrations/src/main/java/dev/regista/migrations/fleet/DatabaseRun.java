package dev.regista.migrations.fleet;

import dev.regista.migrations.fleet.SchemaResult.Outcome;
import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.Ran;
import dev.regista.migrations.run.Runner;
import dev.regista.migrations.run.Step.Direction;
import dev.regista.migrations.run.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run over the schemas of one database. */
final class DatabaseRun {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final Runner runner;
    private final Runner.Snapshot snapshot;
    private final int connections;
    private final Work work;
    private final Failed failed;
    private final Told told;
    private final Map<Place, SchemaResult> results = new ConcurrentHashMap<>();

    /** What is done in a schema. */
    interface Work {
        void run(Worker worker, Runner.Snapshot snapshot, Place place, Consumer<Ran> done);
    }

    DatabaseRun(Runner runner, Runner.Snapshot snapshot, int connections, Work work, Failed failed, Told told) {
        this.runner = runner;
        this.snapshot = snapshot;
        this.connections = connections;
        this.work = work;
        this.failed = failed;
        this.told = told;
    }

    void put(SchemaResult result) {
        results.put(result.place(), result);
        told.finished(result);
    }

    /** Returns what happened, at the end. */
    SchemaResult end(Place place) {
        if (!results.containsKey(place)) {
            put(SchemaResult.without(place, Outcome.SKIPPED));
        }
        return result(place);
    }

    /** Returns what happened; what has not been begun was skipped. */
    SchemaResult result(Place place) {
        return results.getOrDefault(place, SchemaResult.without(place, Outcome.SKIPPED));
    }

    void run(List<Place> busy, Set<String> canaries, Direction direction) {
        List<Place> shared = busy.stream().filter(Place::isShared).toList();
        List<Place> first = canaries.stream()
                .flatMap(name -> busy.stream().filter(place -> name.equals(place.tenant())))
                .toList();
        List<Place> others = busy.stream()
                .filter(Predicate.not(Place::isShared).and(place -> !first.contains(place)))
                .toList();
        if (direction == Direction.UP) {
            if (allOf(shared) && allOf(first)) {
                parallel(others);
            }
        } else if (allOf(first) && parallel(others)) {
            allOf(shared);
        }
    }

    /** Stops at the first that fails. */
    private boolean allOf(List<Place> places) {
        if (places.isEmpty()) {
            return true;
        }
        try (Worker worker = runner.worker()) {
            for (Place place : places) {
                if (failed.isTooMany() || !migrate(worker, place)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean parallel(List<Place> places) {
        Queue<Place> queue = new ConcurrentLinkedQueue<>(places);
        int count = places.stream().anyMatch(runner::isAlone) ? 1 : Math.min(connections, places.size());
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            Thread thread = new Thread(
                    () -> work(queue), "regista-migrate-" + runner.shared().database() + "-" + i);
            threads.add(thread);
            thread.start();
        }
        work(queue);
        threads.forEach(DatabaseRun::join);
        return places.stream()
                .map(place -> result(place).outcome())
                .allMatch(outcome -> outcome == Outcome.DONE || outcome == Outcome.UP_TO_DATE);
    }

    private void work(Queue<Place> queue) {
        try (Worker worker = runner.worker()) {
            for (Place place = queue.poll(); place != null && !failed.isTooMany(); place = queue.poll()) {
                migrate(worker, place);
            }
        }
    }

    private boolean migrate(Worker worker, Place place) {
        long begin = System.nanoTime();
        List<Ran> ran = new ArrayList<>();
        Outcome outcome = Outcome.FAILED;
        RuntimeException failure = null;
        try {
            work.run(worker, snapshot, place, ran::add);
            outcome = ran.isEmpty() ? Outcome.UP_TO_DATE : Outcome.DONE;
        } catch (RuntimeException e) {
            failure = e;
            failed.add();
            LOG.warn("Migrating {} failed: {}", place, e.toString());
        }
        put(new SchemaResult(place, outcome, ran, failure, Duration.ofNanos(System.nanoTime() - begin)));
        return outcome != Outcome.FAILED;
    }

    /** What has been begun is finished, also when the thread that waits is interrupted. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                Objects.requireNonNull(thread).join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
