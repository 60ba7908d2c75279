package dev.regista.migrations;

import dev.regista.migrations.generate.RefusedChangesException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is refused in all comparisons. */
final class Refused {
    private final Set<String> databases = new LinkedHashSet<>();
    private final List<RefusedChangesException.Refusal> refusals = new ArrayList<>();
    private final List<String> renames = new ArrayList<>();
    private int count;

    void collect(String database, Runnable comparison) {
        try {
            comparison.run();
        } catch (RefusedChangesException e) {
            count++;
            databases.add(database);
            refusals.addAll(e.refusals());
            renames.addAll(e.possibleRenames());
        }
    }

    /** Returns in how many comparisons something was. */
    int count() {
        return count;
    }

    void throwIfAny() {
        if (count > 0) {
            throw new RefusedChangesException(String.join("', '", databases), refusals, renames);
        }
    }
}
