package dev.regista.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A chart of bars as SVG: for each benchmark whose contestants are rivals, how long each takes. */
final class Chart {
    private static final int WIDTH = 760;
    private static final int LABELS = 200;
    private static final int BARS = 440;
    private static final int LINE = 22;

    private static final Map<String, String> TITLES = Map.of(
            Plan.FIND.title, "Find one entity by its id, µs",
            Plan.TENANTS.title, "The same with 100 tenants, µs",
            Plan.BULK.title, "Insert 10,000 entities, ms",
            Plan.PROVISION.title, "Create a tenant of 20 tables, ms");

    private final StringBuilder body = new StringBuilder();
    private int y = 10;

    private Chart() {}

    static String of(Results results) {
        Chart chart = new Chart();
        for (Plan plan : List.of(Plan.FIND, Plan.TENANTS, Plan.BULK, Plan.PROVISION)) {
            Map<String, Double> medians = results.medians(plan);
            if (!medians.isEmpty()) {
                chart.add(TITLES.getOrDefault(plan.title, plan.title), medians);
            }
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\""
                        + " font-family=\"sans-serif\" font-size=\"13\" role=\"img\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n%3$s</svg>%n",
                WIDTH,
                chart.y + 10,
                chart.body);
    }

    private void add(String title, Map<String, Double> medians) {
        double most = medians.values().stream().max(Comparator.naturalOrder()).orElse(1.0);
        double unit = title.endsWith("µs") ? 1e3 : 1e6;
        y += LINE;
        text(10, y, "font-weight=\"bold\"", title);
        y += 8;
        medians.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(each -> {
            double width = Math.max(1, each.getValue() / most * BARS);
            String colour = each.getKey().startsWith("regista") ? "#1a6fb0" : "#b5bcc4";
            text(LABELS, y + 15, "text-anchor=\"end\"", each.getKey());
            body.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    LABELS + 8,
                    y + 2,
                    width,
                    LINE - 5,
                    colour));
            text(LABELS + 14 + (int) width, y + 15, "fill=\"#444444\"", Figure.text(each.getValue() / unit));
            y += LINE;
        });
    }

    private void text(int x, int baseline, String attributes, String content) {
        body.append(
                String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>%n", x, baseline, attributes, content));
    }
}
