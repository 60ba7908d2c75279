package dev.regista.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * A figure that was measured.
 *
 * @param name the metric
 * @param meaning what is divided by what
 * @param value the median of the blocks, of each of which it is the median of the rounds
 * @param lowest that of the lowest block
 * @param highest that of the highest block
 * @param blocks how many there were
 * @param aim what it should be
 * @param met whether it is
 */
record Figure(
        String name, String meaning, double value, double lowest, double highest, int blocks, String aim, boolean met) {

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns a number as it is printed: small ones with two digits after the point. */
    static String text(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
    }
}
