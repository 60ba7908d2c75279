package dev.regista.spi;

import dev.regista.RegistaException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries to open a database that is down, at growing intervals, until it is up or not wanted any more. */
final class Recovery<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Lifecycle<S> lifecycle;
    private final Thread thread;

    Recovery(Lifecycle<S> lifecycle) {
        this.lifecycle = lifecycle;
        this.thread = Threads.start("regista-recover-" + lifecycle.name(), this::run);
    }

    /** Ends the attempts; one under way is given up. */
    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            Duration pause = FIRST_PAUSE;
            while (lifecycle.stillDownAfter(pause, this) && !tryOnce()) {
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            LOG.debug("Recovery of database '{}' was interrupted", lifecycle.name());
        }
    }

    private boolean tryOnce() {
        Backend<S> backend;
        try {
            backend = lifecycle.openAndRunHooks();
        } catch (RegistaException e) {
            LOG.debug("Database '{}' is still down", lifecycle.name(), e);
            lifecycle.failedAgain(e);
            return false;
        }
        if (lifecycle.recovered(backend, this)) {
            LOG.info("Database '{}' is up again", lifecycle.name());
        } else {
            closeUnwanted(backend);
        }
        return true;
    }

    private void closeUnwanted(Backend<S> backend) {
        try {
            lifecycle.closeUnwanted(backend);
        } catch (Exception e) {
            LOG.warn("Closing database '{}' failed", lifecycle.name(), e);
        }
    }
}
