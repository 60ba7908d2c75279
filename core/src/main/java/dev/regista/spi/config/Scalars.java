package dev.regista.spi.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads words and numbers. Each method throws an {@link IllegalArgumentException} for a text that it cannot read. */
final class Scalars {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d|)");

    private Scalars() {}

    static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("not true or false");
        };
    }

    static Duration duration(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = DURATION.matcher(trimmed);
        try {
            return matcher.matches()
                    ? of(Long.parseLong(matcher.group(1)), matcher.group(2))
                    : Duration.parse(trimmed.toUpperCase(Locale.ROOT));
        } catch (java.time.DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not a duration", e);
        }
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
