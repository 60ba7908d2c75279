package dev.regista.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions that nobody signals. */
final class Await {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private Await() {}

    /** {@return whether the condition held within the time; an interrupt is kept for later, as clean-up must go on} */
    static boolean until(Duration time, BooleanSupplier condition) {
        long deadline = System.nanoTime() + time.toNanos();
        long pause = FIRST_PAUSE;
        boolean interrupted = false;
        try {
            while (!condition.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                // A pending interrupt would turn parking into spinning.
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(Math.min(pause, left));
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
