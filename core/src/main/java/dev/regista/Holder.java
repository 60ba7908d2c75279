package dev.regista;

import java.time.Duration;
import java.time.Instant;

/**
 * One unit of work under way on a database: who began it, since when it has been under way, and what that thread was
 * doing when this was asked.
 *
 * @param thread the name of the thread that began the unit
 * @param since when it began
 * @param at the innermost frame of the application's code on that thread at the time of asking; empty if it has ended or
 *     is not in the application's code
 */
public record Holder(String thread, Instant since, String at) {
    @Override
    public String toString() {
        long millis = Duration.between(since, Instant.now()).toMillis();
        return "thread '" + thread + "' since " + since + " (" + millis + " ms)" + (at.isEmpty() ? "" : " at " + at);
    }
}
