package dev.regista.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of one benchmark has measured.
 *
 * @param date when it began, in UTC
 * @param environment the machine and the versions
 * @param oneCore whether it and the server ran on one core
 * @param figures in the order in which they are declared
 * @param medians of each contestant: nanoseconds, or what else it is
 */
record Measured(
        String date, Environment environment, boolean oneCore, List<Figure> figures, Map<String, Double> medians) {

    /**
     * Makes the figures of what was recorded.
     *
     * @throws IllegalStateException if that is not complete
     */
    static Measured of(
            Plan plan, Map<String, List<double[]>> recorded, Environment environment, boolean oneCore, Instant start) {
        List<Figure> figures = new ArrayList<>();
        for (Metric metric : Metric.ALL) {
            if (metric.plan() == plan) {
                figures.add(metric.of(recorded)
                        .orElseThrow(() -> new IllegalStateException(metric.name() + " was not recorded")));
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        recorded.forEach((name, blocks) -> medians.put(
                name, Figure.median(blocks.stream().mapToDouble(Figure::median).toArray())));
        return new Measured(start.truncatedTo(ChronoUnit.MINUTES).toString(), environment, oneCore, figures, medians);
    }
}
