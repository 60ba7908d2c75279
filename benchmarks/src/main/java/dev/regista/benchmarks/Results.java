package dev.regista.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of several benchmarks.
 *
 * @param title where they were measured
 * @param benchmarks what was measured, by the name of the benchmark
 */
record Results(String title, Map<String, Measured> benchmarks) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }

    /** Returns those that are kept in a directory; none if there is no file. */
    static Results kept(String title, Path directory) throws IOException {
        Path file = directory.resolve(title + ".json");
        return Files.exists(file) ? read(file) : new Results(title, Map.of());
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(title + ".json"), JSON.writeValueAsString(this) + "\n");
    }

    /** Returns these with one benchmark more, or in place of what there was of it. */
    Results with(Plan plan, Measured measured) {
        Map<String, Measured> more = new HashMap<>(benchmarks);
        more.put(plan.title, measured);
        return new Results(title, more);
    }

    /** Returns what was measured, in the order in which the benchmarks are declared. */
    Map<Plan, Measured> inOrder() {
        Map<Plan, Measured> ordered = new LinkedHashMap<>();
        for (Plan plan : Plan.values()) {
            Measured measured = benchmarks.get(plan.title);
            if (measured != null) {
                ordered.put(plan, measured);
            }
        }
        return ordered;
    }

    /** Returns the medians of the contestants of a benchmark; none if it was not run. */
    Map<String, Double> medians(Plan plan) {
        Measured measured = benchmarks.get(plan.title);
        return measured == null ? Map.of() : measured.medians();
    }

    /** Returns what is printed: the times, a table, and a line per figure for programs. */
    String table() {
        StringBuilder text = new StringBuilder();
        inOrder().values().stream().limit(1).forEach(first -> {
            line(
                    text,
                    "%s, %s, %s%n",
                    title,
                    first.environment().machine(),
                    first.environment().java());
            line(text, "%s%n%n", first.environment().versions());
        });
        List<Figure> figures = new ArrayList<>();
        inOrder().forEach((plan, measured) -> {
            line(text, "%s%s%n", plan.title, measured.oneCore() ? " (on one core)" : "");
            if (plan.isCurve()) {
                Curve.of(plan)
                        .forEach(curve -> line(text, "%n%s%n%s%n", curve.title(), curve.table(measured.medians())));
            } else {
                measured.medians()
                        .forEach((name, value) -> line(text, "  %-32s %s%n", name, quantity(plan, name, value)));
            }
            figures.addAll(measured.figures());
        });
        line(text, "%n%-26s %9s  %-19s %9s%n", "metric", "value", "lowest .. highest", "aim");
        for (Figure figure : figures) {
            line(
                    text,
                    "%-26s %9s  %-19s %9s %s  %s%n",
                    figure.name(),
                    Figure.text(figure.value()),
                    Figure.text(figure.lowest()) + " .. " + Figure.text(figure.highest()),
                    figure.aim(),
                    figure.met() ? "met   " : "MISSED",
                    figure.meaning());
        }
        line(text, "%n");
        figures.forEach(figure -> line(text, "metric %s %.4f%n", figure.name(), figure.value()));
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }

    private static String quantity(Plan plan, String name, double value) {
        if (name.endsWith("bytes") || plan == Plan.TENANT_MEMORY) {
            return Figure.text(value) + " B";
        }
        if (value < 1_000) {
            return Figure.text(value) + " ns";
        }
        return value < 1_000_000 ? Figure.text(value / 1_000) + " µs" : Figure.text(value / 1_000_000) + " ms";
    }
}
