package dev.regista.sql;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The line in which the writers of a database wait that has one writer at a time. SQLite's own waiting is to look again
 * after a while, so that one of several could find the database locked until it gives up.
 */
final class WriterTurn {
    private final Semaphore turn = new Semaphore(1, true);
    private final Duration limit;
    private volatile @Nullable Thread writer;

    /**
     * Begins.
     *
     * @param limit how long somebody stands in line; then it tries without its turn, and the database decides
     */
    WriterTurn(Duration limit) {
        this.limit = limit;
    }

    /** Waits for the turn; whether it is the caller's, who then ends it. A thread does not wait for itself. */
    boolean await() {
        if (writer == Thread.currentThread()) {
            return false;
        }
        try {
            boolean mine = turn.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (mine) {
                writer = Thread.currentThread();
            }
            return mine;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns how many stand in line. */
    int waiting() {
        return turn.getQueueLength();
    }

    /** Ends a turn, on whatever thread. */
    void end() {
        writer = null;
        turn.release();
    }
}
