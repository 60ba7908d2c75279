package dev.regista.migrations.generate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Guesses what may not be gone, but be called otherwise. */
final class Guesses {
    private Guesses() {}

    /** Returns pairs of what goes and what comes, each in the form of {@link GeneratorOptions.Builder#rename}. */
    static List<String> of(List<Change> changes) {
        List<String> guesses = new ArrayList<>();
        for (Change gone : changes) {
            for (Change come : changes) {
                if (gone instanceof Change.DropColumn drop
                        && come instanceof Change.AddColumn add
                        && drop.table().equals(add.table())
                        && drop.column().type().equals(add.column().type())) {
                    String table = drop.table() + '.';
                    guesses.add(table
                            + drop.column().name()
                            + '='
                            + table
                            + add.column().name());
                } else if (gone instanceof Change.DropTable drop
                        && come instanceof Change.CreateTable create
                        && isAlike(drop.table(), create.table())) {
                    guesses.add(drop.table().name() + '=' + create.table().name());
                }
            }
        }
        return guesses;
    }

    /** Whether at least half of the columns are called the same. */
    private static boolean isAlike(TableModel one, TableModel other) {
        Set<String> common = new HashSet<>(names(one));
        common.retainAll(names(other));
        return 2 * common.size() >= Math.max(names(one).size(), names(other).size());
    }

    private static Set<String> names(TableModel table) {
        return table.columns().stream().map(ColumnModel::name).collect(Collectors.toSet());
    }
}
