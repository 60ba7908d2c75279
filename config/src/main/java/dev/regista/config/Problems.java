package dev.regista.config;

import dev.regista.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that all of it is reported at once. No text that is added may contain a value. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    private record Problem(Origin origin, String text) {}

    void add(Origin origin, String problem) {
        found.add(new Problem(origin, origin + ": " + problem));
    }

    void add(Origin origin, Key key, String problem) {
        add(origin, Shape.of(key) + " " + problem);
    }

    /** Adds what a builder found wrong with the block at a key. */
    void addAll(Origin origin, Key key, ConfigurationException e) {
        e.problems().forEach(problem -> add(origin, Shape.of(key) + ": " + problem));
    }

    int count() {
        return found.size();
    }

    /** Throws all of them, those of each file by their lines. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            List<String> sources = found.stream()
                    .map(problem -> problem.origin.source())
                    .distinct()
                    .toList();
            throw new ConfigurationException(found.stream()
                    .sorted(Comparator.<Problem>comparingInt(problem -> sources.indexOf(problem.origin.source()))
                            .thenComparingInt(problem -> problem.origin.line()))
                    .map(Problem::text)
                    .distinct()
                    .toList());
        }
    }
}
