package dev.regista.migrations.generate;

import dev.regista.migrations.generate.RefusedChangesException.Reason;
import dev.regista.migrations.generate.RefusedChangesException.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out which changes are dangerous, and whether they were asked for. */
final class Safety {
    private final GeneratorOptions options;
    private final Platform platform;
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Safety(GeneratorOptions options, Platform platform) {
        this.options = options;
        this.platform = platform;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    List<String> warnings() {
        return warnings;
    }

    void check(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.DropTable drop) {
                loses(drop.table().name(), "its rows would be lost");
            } else if (change instanceof Change.DropSequence drop) {
                loses(drop.sequence().name(), "how far it has counted would be lost");
            } else if (change instanceof Change.DropColumn drop) {
                drop(drop);
            } else if (change instanceof Change.AddColumn add) {
                add(add);
            } else if (change instanceof Change.AlterColumn alter) {
                alter(alter);
            } else if (change instanceof Change.AlterEnum alter) {
                alter(alter);
            } else if (change instanceof Change.AddConstraint add) {
                add(add);
            } else if (change instanceof Change.RenameSequence rename && !platform.renamesSequences()) {
                refuse(Reason.NOT_POSSIBLE, rename.from(), "this database cannot rename a sequence");
            }
        }
    }

    private void refuse(Reason reason, String what, String explanation) {
        refusals.add(new Refusal(reason, what, explanation));
    }

    private void loses(String what, String explanation) {
        if (options.allowDrop()) {
            warnings.add(what + " is dropped; what was in it does not come back with it");
        } else {
            refuse(Reason.LOSES_DATA, what, explanation + "; allowDrop drops it, rename keeps it");
        }
    }

    private void drop(Change.DropColumn drop) {
        String what = drop.table() + '.' + drop.column().name();
        if (!options.allowDrop()) {
            refuse(
                    Reason.LOSES_DATA,
                    what,
                    "what is in it would be lost; allowDrop drops it, rename keeps it under another name");
        } else if (!drop.column().canBeOmitted()) {
            String value = Types.neutral(drop.column().type());
            warnings.add(
                    value == null
                            ? what + " cannot be brought back to a table with rows: it is not null"
                            : what + " is dropped; when it is brought back, it is " + value + " in all rows");
        }
    }

    private void add(Change.AddColumn add) {
        ColumnModel column = add.column();
        String what = add.table() + '.' + column.name();
        if (!column.canBeOmitted() && add.fill() == null) {
            refuse(
                    Reason.NEEDS_VALUE,
                    what,
                    "it is new and cannot be null, so rows that exist need a value: give one (default), or let it be null"
                            + " until they are filled (nullable)");
        }
    }

    private void alter(Change.AlterColumn alter) {
        String what = alter.table() + '.' + alter.after().name();
        if (alter.changesType()) {
            String types = alter.before().type() + " to " + alter.after().type();
            switch (Types.fit(alter.before().type(), alter.after().type())) {
                case NARROWER -> {
                    if (!options.allowNarrowing()) {
                        refuse(
                                Reason.NARROWS,
                                what,
                                "not every value fits from " + types + "; allowNarrowing changes it");
                    }
                }
                case CONVERSION -> {
                    if (!options.allowConversion()) {
                        refuse(
                                Reason.CONVERTS,
                                what,
                                "values have to be converted from " + types + "; allowConversion converts them");
                    }
                }
                case WIDER -> {}
            }
        }
        if (alter.before().nullable() && !alter.after().nullable() && alter.fill() == null) {
            warnings.add(what + " can no longer be null: this fails if it is in some row; a default would fill it");
        }
    }

    private void alter(Change.AlterEnum alter) {
        if (!alter.after().values().containsAll(alter.before().values()) && !options.allowNarrowing()) {
            refuse(
                    Reason.NARROWS,
                    alter.after().name(),
                    "values are gone that rows may have; allowNarrowing makes the type anew");
        }
    }

    private void add(Change.AddConstraint add) {
        if (add.constraint() instanceof Constraint.Index index
                && platform.hasConcurrentIndexes()
                && !options.concurrentIndexes()) {
            warnings.add("While the index " + index.name() + " is built, nobody can write to " + add.table()
                    + "; concurrentIndexes builds it beside them");
        }
    }

    /** Returns the exception that names what is refused, if anything is. */
    Optional<RefusedChangesException> refused(String database, List<String> renames) {
        return refusals.isEmpty()
                ? Optional.empty()
                : Optional.of(new RefusedChangesException(database, refusals, renames));
    }
}
