package dev.regista.migrations;

import dev.regista.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What options name, by how many comparisons did not know it. */
final class Strangers {
    private final Map<String, List<String>> problems = new LinkedHashMap<>();

    void add(String option, String problem) {
        problems.computeIfAbsent(option, each -> new ArrayList<>()).add(problem);
    }

    void throwIfAnyIsNowhere(int comparisons) {
        List<String> nowhere = problems.values().stream()
                .filter(each -> each.size() >= comparisons)
                .map(each -> each.get(0))
                .toList();
        if (!nowhere.isEmpty()) {
            throw new ConfigurationException(nowhere);
        }
    }
}
