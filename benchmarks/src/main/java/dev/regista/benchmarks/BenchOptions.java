package dev.regista.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What to run.
 *
 * @param quick a first impression in minutes, in place of figures to be kept
 * @param delay what each round trip takes longer
 * @param plans the benchmarks
 * @param profiler one of JMH's, with its options; empty for none
 * @param render whether only the page is to be written again
 * @param help whether only the usage is to be printed
 */
record BenchOptions(boolean quick, Duration delay, Set<Plan> plans, String profiler, boolean render, boolean help) {
    static final String USAGE = """
            bin/bench [--quick] [--delay 0.5ms] [--prof profiler[:options]] [name ...]

              name      a benchmark (find, tenants, tenant-count, tenant-memory, bulk, content-types, provision, fleet, open,
                        models, routing, contention), a curve (tenant-curve, open-curve, thread-curve; curves for all three) or a
                        metric; none for all, the curves only in full runs without a delay
              --quick   fewer and shorter blocks, one JVM each; nothing is kept. Without it, figures are kept in
                        benchmarks/results after each benchmark, in place of those it had there, and written into
                        docs/performance.md at the end
              --delay   each round trip takes that much longer
              --prof    one of JMH's profilers, such as gc or jfr; its output is in benchmarks/target/bench; nothing is kept
              --render  writes docs/performance.md again from benchmarks/results, and runs nothing
            """;

    static BenchOptions parse(String... args) {
        boolean quick = false;
        boolean render = false;
        boolean help = false;
        Duration delay = Duration.ZERO;
        String profiler = "";
        Set<Plan> plans = EnumSet.noneOf(Plan.class);
        List<String> rest = new ArrayList<>(List.of(args));
        while (!rest.isEmpty()) {
            String arg = rest.remove(0);
            switch (arg) {
                case "--quick" -> quick = true;
                case "--render" -> render = true;
                case "--help", "-h" -> help = true;
                case "--delay" -> delay = duration(value(arg, rest));
                case "--prof" -> profiler = value(arg, rest);
                case "curves" -> plans.addAll(all(Plan::isCurve));
                default -> plans.add(plan(arg));
            }
        }
        if (plans.isEmpty()) {
            boolean withCurves = !quick && delay.isZero();
            plans.addAll(all(plan -> withCurves || !plan.isCurve()));
        }
        return new BenchOptions(quick, delay, plans, profiler, render, help);
    }

    private static List<Plan> all(Predicate<Plan> which) {
        return Arrays.stream(Plan.values()).filter(which).toList();
    }

    private static String value(String option, List<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value\n\n" + USAGE);
        }
        return rest.remove(0);
    }

    private static Duration duration(String text) {
        if (!text.matches("\\d+(\\.\\d+)?ms")) {
            throw new IllegalArgumentException("'" + text + "' is no delay such as 0.5ms\n\n" + USAGE);
        }
        return Duration.ofNanos((long) (Double.parseDouble(text.substring(0, text.length() - 2)) * 1_000_000));
    }

    private static Plan plan(String name) {
        return Arrays.stream(Plan.values())
                .filter(plan -> plan.title.equals(name)
                        || Metric.ALL.stream()
                                .anyMatch(metric ->
                                        metric.plan() == plan && metric.name().equals(name)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no benchmark and no metric '" + name + "'\n\n" + USAGE));
    }

    /** Whether the figures are to be kept: not those of a first impression, nor those that a profiler has slowed down. */
    boolean isKept() {
        return !quick && profiler.isEmpty();
    }

    /** Returns what the results are called. */
    String title() {
        return delay.isZero() ? "loopback" : "delay-" + Figure.text(delay.toNanos() / 1e6) + "ms";
    }
}
