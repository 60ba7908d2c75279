package dev.regista.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Spelling {
    private Spelling() {}

    /** Returns the nearest of the words that exist, if it is near enough to be meant. */
    static Optional<String> nearest(String word, Collection<String> words) {
        int limit = Math.max(2, word.length() / 3);
        return words.stream()
                .filter(other -> distance(word, other) <= limit)
                .min(Comparator.<String>comparingInt(other -> distance(word, other))
                        .thenComparing(other -> other));
    }

    /** Returns "; did you mean 'x'?", or what exists if nothing is near. */
    static String hint(String word, Collection<String> words) {
        return nearest(word, words)
                .map(other -> "; did you mean '" + other + "'?")
                .orElseGet(() -> words.isEmpty() ? "" : "; there are: " + String.join(", ", words));
    }

    /** The distance of Levenshtein (1965), row by row. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
