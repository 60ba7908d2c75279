package dev.regista.migrations.generate;

import dev.regista.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Collects what options name and is not there. */
final class Unknown {
    private final @Nullable BiConsumer<String, String> others;
    private final List<String> problems = new ArrayList<>();

    /** @param others told of it in place of an exception; null for an exception */
    Unknown(@Nullable BiConsumer<String, String> others) {
        this.others = others;
    }

    void add(String option, String problem) {
        if (others == null) {
            problems.add(problem);
        } else {
            others.accept(option, problem);
        }
    }

    /** Throws if there is anything, also of these. */
    void throwIfAny(List<String> more) {
        problems.addAll(more);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
