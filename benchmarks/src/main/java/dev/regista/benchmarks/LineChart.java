package dev.regista.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;

/** A {@link Curve} as SVG: a logarithmic axis across, one from zero up. White behind it, so that any theme of a page will do. */
final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 360;
    private static final int LEFT = 80;
    private static final int RIGHT = 735;
    private static final int TOP = 60;
    private static final int BOTTOM = 300;
    private static final int STEPS = 5;

    private static final List<String> COLOURS = List.of("#1a6fb0", "#c25a12", "#4d7c2f");
    private static final List<String> DASHES = List.of("none", "7 4", "2 3");

    private final StringBuilder body = new StringBuilder();
    private final double least;
    private final double most;
    private final double step;

    private LineChart(NavigableSet<Integer> numbers, double highest) {
        this.least = Math.log10(numbers.first());
        this.most = Math.max(Math.log10(numbers.last()), least + 1e-9);
        this.step = step(highest);
    }

    static String of(Curve curve, Map<String, Double> medians) {
        Map<String, NavigableMap<Integer, Double>> points = curve.points(medians);
        NavigableSet<Integer> numbers = Curve.numbers(points);
        double highest = points.values().stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(value -> value)
                .max()
                .orElse(1);
        LineChart chart = new LineChart(numbers, highest);
        chart.axes(curve, numbers);
        int line = 0;
        for (Map.Entry<String, NavigableMap<Integer, Double>> each : points.entrySet()) {
            chart.line(line++, each.getKey(), each.getValue());
        }
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\""
                        + " font-family=\"sans-serif\" font-size=\"13\" fill=\"#1f2328\" role=\"img\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n%3$s</svg>%n",
                WIDTH,
                HEIGHT,
                chart.body);
    }

    /** The least of 1, 2, 2.5 and 5 times a power of ten of which so many reach above the highest value. */
    private static double step(double highest) {
        double power = Math.pow(10, Math.floor(Math.log10(highest / STEPS)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power * STEPS >= highest) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private double x(int number) {
        return LEFT + 20 + (Math.log10(number) - least) / (most - least) * (RIGHT - LEFT - 40);
    }

    private double y(double value) {
        return BOTTOM - value / (step * STEPS) * (BOTTOM - TOP);
    }

    private void axes(Curve curve, NavigableSet<Integer> numbers) {
        text(10, 22, "font-weight=\"bold\"", curve.title());
        for (int i = 0; i <= STEPS; i++) {
            double y = y(step * i);
            body.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %.1fH%d\" stroke=\"%s\"/>%n",
                    LEFT,
                    y,
                    RIGHT,
                    i == 0 ? "#57606a" : "#d8dee4"));
            text(LEFT - 8, y + 4, "text-anchor=\"end\"", label(step * i));
        }
        for (int number : numbers) {
            body.append(String.format(Locale.ROOT, "<path d=\"M%.1f %dv5\" stroke=\"#57606a\"/>%n", x(number), BOTTOM));
            text(x(number), BOTTOM + 20, "text-anchor=\"middle\"", String.format(Locale.ROOT, "%,d", number));
        }
        text((LEFT + RIGHT) / 2.0, HEIGHT - 14, "text-anchor=\"middle\"", curve.across());
        int middle = (TOP + BOTTOM) / 2;
        text(18, middle, "text-anchor=\"middle\" transform=\"rotate(-90 18 " + middle + ")\"", curve.up());
    }

    private String label(double value) {
        return String.format(Locale.ROOT, step < 1 ? "%,.2f" : step < 10 && step % 1 != 0 ? "%,.1f" : "%,.0f", value);
    }

    private void line(int index, String name, NavigableMap<Integer, Double> values) {
        String colour = COLOURS.get(index % COLOURS.size());
        String stroke = String.format(
                Locale.ROOT,
                "stroke=\"%s\" stroke-width=\"2.5\" stroke-dasharray=\"%s\" fill=\"none\"",
                colour,
                DASHES.get(index % DASHES.size()));
        StringBuilder path = new StringBuilder();
        values.forEach((number, value) -> {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(String.format(Locale.ROOT, "%.1f %.1f", x(number), y(value)));
            body.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>%n",
                    x(number),
                    y(value),
                    colour));
        });
        body.append(String.format(Locale.ROOT, "<path d=\"%s\" %s/>%n", path, stroke));
        int left = LEFT + 150 * index;
        body.append(String.format(Locale.ROOT, "<path d=\"M%d 42h34\" %s/>%n", left, stroke));
        text(left + 42, 46, "", name);
    }

    private void text(double x, double baseline, String attributes, String content) {
        body.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>%n", x, baseline, attributes, content));
    }
}
