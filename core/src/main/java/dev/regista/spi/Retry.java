package dev.regista.spi;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the attempts of one unit of work, and pauses between them: a random time up to a bound that doubles, so that units
 * that collided once do not collide again ("full jitter", M. Brooker, Exponential Backoff And Jitter, AWS 2015).
 */
final class Retry {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final long FIRST_BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LAST_BOUND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private int left;
    private long bound = FIRST_BOUND_NANOS;

    Retry(int retries) {
        this.left = retries;
    }

    /** Returns whether to try again, having paused. An interrupt ends the attempts, and stays set. */
    boolean pauseAfter(Throwable failure, Lifecycle<?> database) {
        if (left == 0 || !(failure instanceof Exception) || !isRetryable(failure, database)) {
            return false;
        }
        left--;
        LOG.debug("Unit of work on database '{}' is run again, {} retries left", database.name(), left, failure);
        try {
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(bound));
            bound = Math.min(bound * 2, LAST_BOUND_NANOS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            return false;
        }
    }

    /** If the database has been closed meanwhile, the failure of the unit is the better report than that one. */
    private static boolean isRetryable(Throwable failure, Lifecycle<?> database) {
        try {
            return database.backend().isRetryable(failure);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return false;
        }
    }
}
