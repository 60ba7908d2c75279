package dev.regista.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the figures into the page on performance, between two marks, and the charts beside it. */
final class PerformancePage {
    private static final Pattern FIGURES = Pattern.compile("(?s)(<!-- figures -->\n).*(<!-- /figures -->)");

    private PerformancePage() {}

    /**
     * Renders what there are results of.
     *
     * @param results the directory of the JSON files
     * @param docs the directory of the page
     */
    static void render(Path results, Path docs) throws IOException {
        List<Results> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                runs.add(Results.read(file));
            }
        }
        // Without a delay first.
        runs.sort(java.util.Comparator.comparing((Results run) -> !run.title().equals("loopback"))
                .thenComparing(Results::title));
        StringBuilder text = new StringBuilder();
        Path images = Files.createDirectories(docs.resolve("images"));
        for (Results run : runs) {
            String chart = "performance-" + run.title() + ".svg";
            Files.writeString(images.resolve(chart), Chart.of(run));
            text.append(section(run, chart)).append(curves(run, images));
        }
        Path page = docs.resolve("performance.md");
        Matcher marks = FIGURES.matcher(Files.readString(page));
        if (!marks.find()) {
            throw new IllegalStateException(page + " has no place for figures");
        }
        Files.writeString(page, marks.replaceFirst("$1" + Matcher.quoteReplacement(text.toString()) + "$2"));
    }

    private static String section(Results run, String chart) {
        StringBuilder text = new StringBuilder();
        text.append("\n### ").append(title(run)).append("\n\n");
        if (run.inOrder().keySet().stream().anyMatch(plan -> !plan.isCurve())) {
            text.append("![Times of the contestants](images/").append(chart).append(")\n\n");
            text.append("| metric | what by what | figure | lowest and highest block | aim |\n");
            text.append("| --- | --- | ---: | --- | --- |\n");
            run.inOrder().values().forEach(measured -> measured.figures().forEach(figure -> row(text, figure)));
            text.append("\n");
        }
        return text.append(cores(run)).append(origins(run)).toString();
    }

    private static String curves(Results run, Path images) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Curve curve : Curve.ALL) {
            Map<String, Double> medians = run.medians(curve.plan());
            if (!medians.isEmpty()) {
                String chart = "performance-" + run.title() + "-" + curve.name() + ".svg";
                Files.writeString(images.resolve(chart), LineChart.of(curve, medians));
                text.append(String.format(
                        "#### %s%n%n![%s, by %s](images/%s)%n%n%s%n",
                        curve.title(), curve.up(), curve.across(), chart, curve.table(medians)));
            }
        }
        return text.toString();
    }

    private static void row(StringBuilder text, Figure figure) {
        text.append("| `")
                .append(figure.name())
                .append("` | ")
                .append(figure.meaning())
                .append(" | ")
                .append(Figure.text(figure.value()))
                .append(" | ")
                .append(Figure.text(figure.lowest()))
                .append(" to ")
                .append(Figure.text(figure.highest()))
                .append(" of ")
                .append(figure.blocks())
                .append(" | ")
                .append(figure.aim())
                .append(figure.met() ? ", met" : ", **missed**")
                .append(" |\n");
    }

    private static String cores(Results run) {
        String names = names(run, measured -> measured.oneCore());
        return names.isEmpty() ? "" : "On one core: " + names + ".\n\n";
    }

    /** What machine, versions and day, once for all benchmarks that share them. */
    private static String origins(Results run) {
        Set<String> all = new LinkedHashSet<>();
        run.inOrder().values().forEach(measured -> all.add(origin(measured)));
        StringBuilder text = new StringBuilder();
        for (String origin : all) {
            String names = names(run, measured -> origin(measured).equals(origin));
            text.append(all.size() == 1 ? "" : "Measured of " + names + ": ")
                    .append(origin)
                    .append("\n\n");
        }
        return text.toString();
    }

    private static String origin(Measured measured) {
        Environment environment = measured.environment();
        return String.join(
                        ". ",
                        environment.machine(),
                        environment.java(),
                        environment.versions(),
                        measured.date().substring(0, 10))
                + ".";
    }

    private static String names(Results run, Predicate<Measured> which) {
        return run.inOrder().entrySet().stream()
                .filter(each -> which.test(each.getValue()))
                .map(each -> "`" + each.getKey().title + "`")
                .collect(Collectors.joining(", "));
    }

    private static String title(Results run) {
        return run.title().equals("loopback")
                ? "On the loopback interface"
                : "With " + run.title().replace("delay-", "").replace("ms", " ms") + " more per round trip";
    }
}
