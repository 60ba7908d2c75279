package dev.regista.migrations.fleet;

import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.SchemaState;
import dev.regista.migrations.run.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which schemas are at which version. A look at a moment; immutable.
 *
 * @param groups one per database, kind of schema and version, in that order, the lowest version first
 */
public record Skew(List<Group> groups) {
    /**
     * Schemas of one database and kind that are at the same version.
     *
     * @param database the database's name
     * @param ofTenants whether they are schemas of tenants
     * @param version their version; empty before the first migration
     * @param pending how many migrations an upgrade would run in each of them
     * @param places the schemas
     */
    public record Group(
            String database, boolean ofTenants, Optional<Version> version, int pending, List<Place> places) {
        /** Copies. */
        public Group {
            places = List.copyOf(places);
        }
    }

    /** Copies. */
    public Skew {
        groups = List.copyOf(groups);
    }

    /** Whether nothing is pending anywhere. */
    public boolean isEven() {
        return groups.stream().allMatch(group -> group.pending() == 0);
    }

    private record Key(String database, boolean ofTenants, Optional<Version> version, int pending) {}

    static Skew of(List<SchemaState> states) {
        Comparator<Key> order = Comparator.comparing(Key::database)
                .thenComparing(Key::ofTenants)
                .thenComparing(key -> key.version().orElse(Version.of("0")))
                .thenComparing(key -> key.version().isPresent())
                .thenComparing(Key::pending);
        Map<Key, List<Place>> places = new TreeMap<>(order);
        for (SchemaState state : states) {
            Key key = new Key(
                    state.place().database(),
                    !state.place().isShared(),
                    state.current(),
                    state.pending().size());
            places.computeIfAbsent(key, each -> new ArrayList<>()).add(state.place());
        }
        return new Skew(places.entrySet().stream()
                .map(each -> new Group(
                        each.getKey().database(),
                        each.getKey().ofTenants(),
                        each.getKey().version(),
                        each.getKey().pending(),
                        each.getValue()))
                .toList());
    }
}
