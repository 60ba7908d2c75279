package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Makes migrations out of changes. */
final class Writer {
    private final Platform platform;
    private final SchemaModel live;
    private final SchemaModel model;

    Writer(Platform platform, SchemaModel live, SchemaModel model) {
        this.platform = platform;
        this.live = live;
        this.model = model;
    }

    Migration write(List<Change> changes, boolean concurrently, List<String> warnings) {
        if (!concurrently || !(platform.ddl() instanceof PostgresDdl postgres)) {
            return migration(changes, warnings, Optional.empty());
        }
        List<Change> indexes = changes.stream().filter(Writer::createsIndex).toList();
        Optional<Migration> afterwards =
                indexes.isEmpty() ? Optional.empty() : Optional.of(concurrent(indexes, postgres));
        return migration(
                changes.stream().filter(change -> !createsIndex(change)).toList(), warnings, afterwards);
    }

    private Migration migration(List<Change> changes, List<String> warnings, Optional<Migration> afterwards) {
        List<Change> back = inverse(changes);
        SchemaModel reached = Applied.to(live, changes, platform.names());
        return new Migration(
                platform.ddl().statements(changes, live, model),
                platform.ddl().statements(back, reached, live),
                warnings,
                true,
                afterwards);
    }

    private static List<Change> inverse(List<Change> changes) {
        List<Change> back = new ArrayList<>();
        changes.forEach(change -> change.inverse().ifPresent(back::add));
        Collections.reverse(back);
        return back;
    }

    /** Dropping one is quick, and may have to come before its column goes. */
    private static boolean createsIndex(Change change) {
        return change instanceof Change.AddConstraint add && add.constraint() instanceof Constraint.Index;
    }

    private static Migration concurrent(List<Change> changes, PostgresDdl ddl) {
        List<String> up = new ArrayList<>();
        List<String> down = new ArrayList<>();
        for (Change change : changes) {
            Change.AddConstraint add = (Change.AddConstraint) change;
            Constraint.Index index = (Constraint.Index) add.constraint();
            up.add(ddl.createConcurrently(add.table(), index));
            down.add(0, ddl.dropConcurrently(index));
        }
        return new Migration(
                up,
                down,
                List.of("An index whose concurrent building failed stays, invalid, and has to be dropped by hand"),
                false,
                Optional.empty());
    }
}
