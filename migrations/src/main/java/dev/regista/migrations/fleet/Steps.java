package dev.regista.migrations.fleet;

import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.SchemaState;
import dev.regista.migrations.run.Target;
import dev.regista.migrations.run.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Turns a number of steps downwards into the versions where they end. */
final class Steps {
    private Steps() {}

    /**
     * Returns where each schema has to go so that the newest versions are taken back wherever they have run. A schema that has
     * none of them stays: its last migration may be much older than what the others take back.
     */
    static Function<Place, Target> down(int count, Collection<SchemaState> states) {
        Set<Version> back = new HashSet<>(states.stream()
                .flatMap(state -> state.applied().stream())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .toList());
        Map<Place, Target> targets = new HashMap<>();
        for (SchemaState state : states) {
            List<Version> left = state.applied().stream()
                    .filter(version -> !back.contains(version))
                    .toList();
            boolean stays = left.size() == state.applied().size();
            Target target = left.isEmpty() ? Target.base() : new Target.At(left.get(left.size() - 1));
            targets.put(
                    state.place(),
                    stays ? state.current().<Target>map(Target.At::new).orElse(Target.base()) : target);
        }
        return place -> targets.getOrDefault(place, Target.base());
    }
}
