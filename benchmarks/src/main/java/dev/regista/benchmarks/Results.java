package dev.regista.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a run.
 *
 * @param title where it was measured
 * @param date when it began, in UTC
 * @param environment the machine and the versions
 * @param figures in the order in which they are declared
 * @param medians of each benchmark, of each contestant: nanoseconds, or what else it is
 */
record Results(
        String title,
        String date,
        Environment environment,
        List<Figure> figures,
        Map<String, Map<String, Double>> medians) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    static Results of(
            BenchOptions options,
            Map<Plan, Map<String, List<double[]>>> recorded,
            Environment environment,
            Instant start) {
        List<Figure> figures = new ArrayList<>();
        for (Metric metric : Metric.ALL) {
            if (recorded.containsKey(metric.plan())) {
                figures.add(metric.of(recorded.get(metric.plan()))
                        .orElseThrow(() -> new IllegalStateException(metric.name() + " was not recorded")));
            }
        }
        Map<String, Map<String, Double>> medians = new LinkedHashMap<>();
        recorded.forEach((plan, blocks) -> {
            Map<String, Double> ofPlan = new LinkedHashMap<>();
            blocks.forEach((name, rounds) -> ofPlan.put(
                    name,
                    Figure.median(rounds.stream().mapToDouble(Figure::median).toArray())));
            medians.put(plan.title, ofPlan);
        });
        return new Results(
                options.title(), start.truncatedTo(ChronoUnit.MINUTES).toString(), environment, figures, medians);
    }

    static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(title + ".json"), JSON.writeValueAsString(this) + "\n");
    }

    /** Returns what is printed: the times, a table, and a line per figure for programs. */
    String table() {
        StringBuilder text = new StringBuilder();
        line(text, "%s, %s, %s%n", title, environment.machine(), environment.java());
        line(text, "%s%n%n", environment.versions());
        medians.forEach((plan, values) -> {
            line(text, "%s%n", plan);
            values.forEach((name, value) -> line(text, "  %-32s %s%n", name, quantity(plan, name, value)));
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

    private static String quantity(String plan, String name, double value) {
        if (name.endsWith("bytes") || plan.equals(Plan.TENANT_MEMORY.title)) {
            return Figure.text(value) + " B";
        }
        if (value < 1_000) {
            return Figure.text(value) + " ns";
        }
        return value < 1_000_000 ? Figure.text(value / 1_000) + " µs" : Figure.text(value / 1_000_000) + " ms";
    }
}
