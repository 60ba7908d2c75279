package dev.regista.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/**
 * How something grows with something else: drawn from those contestants of a benchmark that are called
 * {@code <line> @ <number>}.
 *
 * @param plan the benchmark
 * @param name what its file is called
 * @param title what it shows
 * @param across what grows
 * @param up what is measured, with its unit
 * @param lines which ones, in the order of the legend
 * @param ofNanos from the recorded nanoseconds to that unit
 */
record Curve(
        Plan plan,
        String name,
        String title,
        String across,
        String up,
        List<String> lines,
        DoubleUnaryOperator ofNanos) {
    static final List<Curve> ALL = List.of(
            new Curve(
                    Plan.TENANT_CURVE,
                    "tenants",
                    "Find one entity of any tenant",
                    "tenants of the database",
                    "time of a unit of work, µs",
                    List.of("call", "read"),
                    nanos -> nanos / 1e3),
            new Curve(
                    Plan.TENANT_CURVE,
                    "tenants-open",
                    "Open a database with tenants",
                    "tenants of the database",
                    "time until it is open, ms",
                    List.of("opening"),
                    nanos -> nanos / 1e6),
            new Curve(
                    Plan.OPEN_CURVE,
                    "databases",
                    "Open declared databases and find one entity, in a new JVM",
                    "declared databases, with five models each",
                    "time since the builder began, ms",
                    List.of("first row", "opening"),
                    nanos -> nanos / 1e6),
            new Curve(
                    Plan.THREAD_CURVE,
                    "threads",
                    "Find one entity in a transaction, 8 connections",
                    "threads",
                    "units of work per second",
                    List.of("regista", "hibernate"),
                    nanos -> ThreadCurveBenchmark.UNITS * 1e9 / nanos));

    static List<Curve> of(Plan plan) {
        return ALL.stream().filter(curve -> curve.plan() == plan).toList();
    }

    /** Returns the values of each line that was measured, by what grows. */
    Map<String, NavigableMap<Integer, Double>> points(Map<String, Double> medians) {
        Map<String, NavigableMap<Integer, Double>> points = new LinkedHashMap<>();
        for (String line : lines) {
            NavigableMap<Integer, Double> ofLine = new TreeMap<>();
            medians.forEach((contestant, nanos) -> {
                if (contestant.startsWith(line + " @ ")) {
                    ofLine.put(Integer.parseInt(contestant.substring(line.length() + 3)), ofNanos.applyAsDouble(nanos));
                }
            });
            if (!ofLine.isEmpty()) {
                points.put(line, ofLine);
            }
        }
        return points;
    }

    /** Returns the values as a table in Markdown: a row for each number, a column for each line. */
    String table(Map<String, Double> medians) {
        Map<String, NavigableMap<Integer, Double>> points = points(medians);
        StringBuilder text = new StringBuilder("| ").append(across).append(" | ");
        text.append(String.join(" | ", points.keySet())).append(" |\n| ---: |");
        text.append(" ---: |".repeat(points.size())).append('\n');
        for (int number : numbers(points)) {
            text.append(String.format(Locale.ROOT, "| %,d |", number));
            points.values()
                    .forEach(line -> text.append(' ')
                            .append(line.containsKey(number) ? Figure.text(line.get(number)) : "")
                            .append(" |"));
            text.append('\n');
        }
        return text.toString();
    }

    static NavigableSet<Integer> numbers(Map<String, NavigableMap<Integer, Double>> points) {
        NavigableSet<Integer> numbers = new TreeSet<>();
        points.values().forEach(line -> numbers.addAll(line.keySet()));
        return numbers;
    }
}
