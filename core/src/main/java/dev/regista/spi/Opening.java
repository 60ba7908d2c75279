package dev.regista.spi;

import dev.regista.ConfigurationException;
import dev.regista.OpenFailedException;
import dev.regista.RegistaException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to open a backend, on a thread of its own, so that the time limit holds whatever the driver does. An attempt
 * that is given up is interrupted, and closed at once should it succeed all the same.
 */
final class Opening<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final String name;
    private final CompletableFuture<Backend<S>> result = new CompletableFuture<>();
    private final Thread thread;

    Opening(String name, Callable<Backend<S>> open) {
        this.name = name;
        this.thread = Threads.start("regista-open-" + name, () -> attempt(open));
    }

    private void attempt(Callable<Backend<S>> open) {
        try {
            Backend<S> backend = open.call();
            if (!result.complete(backend)) {
                LOG.info("Database '{}' opened after it had been given up; closing it again", name);
                backend.close();
            }
        } catch (Throwable t) {
            if (!result.completeExceptionally(t)) {
                LOG.debug("Opening database '{}', given up before, failed", name, t);
            }
        }
    }

    /** Waits for the attempt, at most for the limit. */
    Backend<S> await(Duration limit) {
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failure(cause == null ? e : cause);
        } catch (TimeoutException e) {
            throw giveUp("no answer within " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw giveUp("interrupted while waiting for it", e);
        }
    }

    private RegistaException giveUp(String reason, Exception cause) {
        if (result.completeExceptionally(cause)) {
            thread.interrupt();
        } else {
            closeLate();
        }
        return new OpenFailedException(name, reason, cause);
    }

    /** The attempt ended in the very moment it was given up. */
    private void closeLate() {
        if (!result.isCompletedExceptionally()) {
            try {
                result.join().close();
            } catch (Exception e) {
                LOG.warn("Closing database '{}' failed after its opening had been given up", name, e);
            }
        }
    }

    private RegistaException failure(Throwable cause) {
        if (cause instanceof ConfigurationException wrongSettings) {
            return wrongSettings;
        }
        if (cause instanceof Error error && !(cause instanceof LinkageError)) {
            throw error;
        }
        return new OpenFailedException(name, String.valueOf(cause.getMessage()), cause);
    }
}
