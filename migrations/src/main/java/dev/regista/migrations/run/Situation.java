package dev.regista.migrations.run;

import dev.regista.migrations.run.Step.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a schema has, against what there is: the history of one, and the migrations for it. Immutable. */
final class Situation {
    private final Place place;
    private final History.Content content;
    private final boolean outOfOrder;
    private final Catalogue catalogue;
    private final NavigableMap<Version, Migration> migrations;
    private final NavigableMap<Version, HistoryEntry> applied = new TreeMap<>();
    private final List<HistoryEntry> failed = new ArrayList<>();
    private @Nullable Version baseline;

    Situation(Place place, History.Content content, Catalogue catalogue, boolean outOfOrder) {
        this.place = place;
        this.content = content;
        this.outOfOrder = outOfOrder;
        this.catalogue = catalogue;
        this.migrations = catalogue.of(place).stream()
                .collect(Collectors.toMap(Migration::version, each -> each, (a, b) -> b, TreeMap::new));
        content.entries().forEach(this::fold);
    }

    private void fold(HistoryEntry entry) {
        Version version = entry.version();
        if (!entry.success()) {
            failed.add(entry);
        } else if (version != null) {
            if (entry.type().equals("BASELINE")) {
                baseline = version;
            } else if (entry.takesBack()) {
                applied.remove(version);
            } else {
                applied.put(version, entry);
            }
        }
    }

    /**
     * Something to run.
     *
     * @param migration what
     * @param direction which way
     */
    record Task(Migration migration, Direction direction) {
        Migration.Body body(Place place) {
            return direction == Direction.UP ? migration.up() : migration.downOf(place);
        }
    }

    Place place() {
        return place;
    }

    History.Content content() {
        return content;
    }

    int nextRank() {
        List<HistoryEntry> entries = content.entries();
        return entries.isEmpty()
                ? 1
                : Math.max(0, entries.get(entries.size() - 1).rank()) + 1;
    }

    Optional<Version> current() {
        Version highest = applied.isEmpty() ? null : applied.lastKey();
        Version base = baseline;
        return Optional.ofNullable(highest == null || (base != null && base.compareTo(highest) > 0) ? base : highest);
    }

    private boolean isBelowBaseline(Version version) {
        return baseline != null && version.compareTo(baseline) <= 0;
    }

    private List<Migration> pending() {
        return migrations.values().stream()
                .filter(each -> !applied.containsKey(each.version()) && !isBelowBaseline(each.version()))
                .toList();
    }

    /** Returns the state as others may see it. */
    SchemaState state() {
        return new SchemaState(
                place,
                content.entries(),
                current(),
                List.copyOf(applied.keySet()),
                pending().stream().map(each -> each.step(place, Direction.UP)).toList(),
                problems());
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        failed.forEach(entry -> problems.add(unfinished(entry)));
        applied.values().forEach(entry -> problemOf(entry).ifPresent(problems::add));
        if (!outOfOrder && !applied.isEmpty()) {
            Version highest = applied.lastKey();
            pending().stream()
                    .filter(each -> each.version().compareTo(highest) < 0)
                    .map(each -> new Problem.OutOfOrder(place, each.script(), highest))
                    .forEach(problems::add);
        }
        return problems;
    }

    private Problem unfinished(HistoryEntry entry) {
        History.Progress progress = content.progress().get(entry.rank());
        return progress == null
                ? new Problem.Unfinished(place, entry.script(), 0, 0, null)
                : new Problem.Unfinished(
                        place, entry.script(), progress.statement(), progress.statements(), progress.refused());
    }

    /** What is newer than everything here comes from a newer release of the application, and is none. */
    private Optional<Problem> problemOf(HistoryEntry entry) {
        Version version = java.util.Objects.requireNonNull(entry.version());
        Migration migration = migrations.get(version);
        if (migration == null) {
            boolean fromTheFuture = migrations.isEmpty() || version.compareTo(migrations.lastKey()) > 0;
            return fromTheFuture || isBelowBaseline(version)
                    ? Optional.empty()
                    : Optional.of(new Problem.Missing(place, entry.script()));
        }
        if (!entry.type().equals(migration.type())) {
            return Optional.of(new Problem.Renamed(place, migration.script(), entry.type(), migration.type()));
        }
        Integer expected = entry.checksum();
        Integer found = migration.checksum();
        if (expected != null && found != null && !expected.equals(found)) {
            return Optional.of(new Problem.Edited(place, migration.script(), expected, found));
        }
        return entry.description().equals(migration.description())
                ? Optional.empty()
                : Optional.of(
                        new Problem.Renamed(place, migration.script(), entry.description(), migration.description()));
    }

    /** Refuses to go on with problems. */
    void check() {
        List<Problem> problems = problems();
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    /** Returns what there is to do upwards. */
    List<Task> upTo(Target target) {
        check();
        List<Migration> pending = pending();
        List<Migration> chosen;
        if (target instanceof Target.Steps steps) {
            chosen = pending.subList(0, Math.min(steps.count(), pending.size()));
        } else if (target instanceof Target.At at) {
            known(at);
            chosen = pending.stream()
                    .filter(each -> each.version().compareTo(at.version()) <= 0)
                    .toList();
        } else if (target instanceof Target.Head) {
            chosen = pending;
        } else {
            throw new UnknownVersionException("upgrade to " + target, place, migrations.keySet());
        }
        return chosen.stream().map(each -> new Task(each, Direction.UP)).toList();
    }

    /** Returns what there is to do downwards, the highest version first. */
    List<Task> downTo(Target target) {
        check();
        List<Version> down = new ArrayList<>(applied.descendingKeySet());
        if (target instanceof Target.Steps steps) {
            down = down.subList(0, Math.min(steps.count(), down.size()));
        } else if (target instanceof Target.At at) {
            known(at);
            down.removeIf(version -> version.compareTo(at.version()) <= 0);
        } else if (target instanceof Target.Head) {
            throw new UnknownVersionException("downgrade to head", place, migrations.keySet());
        }
        List<Task> tasks = new ArrayList<>();
        for (Version version : down) {
            Migration migration = migrations.get(version);
            if (migration == null) {
                HistoryEntry entry = java.util.Objects.requireNonNull(applied.get(version));
                throw new ValidationException(List.of(new Problem.Missing(place, entry.script())));
            }
            Task task = new Task(migration, Direction.DOWN);
            task.body(place);
            tasks.add(task);
        }
        return tasks;
    }

    /** A version of another schema's migration is a point in time here too. */
    private void known(Target.At target) {
        Version version = target.version();
        boolean isBaseline = baseline != null && baseline.equals(version);
        if (!catalogue.has(version) && !applied.containsKey(version) && !isBaseline) {
            throw new UnknownVersionException(version.toString(), place, migrations.keySet());
        }
    }

    /** Returns what the history must say more, so that a version seems to be the current one. */
    List<Task> stampAt(Target target) {
        Predicate<Version> wanted;
        if (target instanceof Target.At at) {
            known(at);
            wanted = version -> version.compareTo(at.version()) <= 0;
        } else if (target instanceof Target.Steps) {
            throw new UnknownVersionException("stamp " + target, place, migrations.keySet());
        } else {
            wanted = version -> target instanceof Target.Head;
        }
        List<Task> tasks = new ArrayList<>();
        applied.descendingKeySet().stream()
                .filter(wanted.negate())
                .map(migrations::get)
                .filter(java.util.Objects::nonNull)
                .map(each -> new Task(each, Direction.DOWN))
                .forEach(tasks::add);
        pending().stream()
                .filter(each -> wanted.test(each.version()))
                .map(each -> new Task(each, Direction.UP))
                .forEach(tasks::add);
        return tasks;
    }

    /** Whether a task that was chosen earlier is still to be done. */
    boolean isOpen(Task task) {
        return applied.containsKey(task.migration().version()) == (task.direction() == Direction.DOWN);
    }

    boolean hasFailed() {
        return !failed.isEmpty();
    }

    /** Returns the entries that differ from the migration of their version, with it. */
    Map<HistoryEntry, Migration> different() {
        Map<HistoryEntry, Migration> different = new TreeMap<>(Comparator.comparingInt(HistoryEntry::rank));
        for (HistoryEntry entry : applied.values()) {
            Migration migration = migrations.get(entry.version());
            if (migration != null && problemOf(entry).isPresent()) {
                different.put(entry, migration);
            }
        }
        return Collections.unmodifiableMap(different);
    }

    /** Returns the entries whose migrations are missing. */
    List<HistoryEntry> missing() {
        return applied.values().stream()
                .filter(entry -> problemOf(entry)
                        .filter(Problem.Missing.class::isInstance)
                        .isPresent())
                .toList();
    }
}
