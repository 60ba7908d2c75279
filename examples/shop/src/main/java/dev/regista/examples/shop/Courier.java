package dev.regista.examples.shop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one follower what is in the outbox, on a thread of its own, from its start until it is closed. There may be several
 * for one follower, in one process or in many.
 */
final class Courier implements AutoCloseable {
    /** After this it looks into an empty outbox again. */
    private static final Duration IDLE = Duration.ofMillis(200);
    /** Pauses double while the follower fails, up to this. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Outbox outbox;
    private final Follower follower;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Courier(Outbox outbox, Follower follower) {
        this.outbox = outbox;
        this.follower = follower;
        this.thread = new Thread(this::run, "courier-" + follower.name());
    }

    static Courier start(Outbox outbox, Follower follower) {
        Courier courier = new Courier(outbox, follower);
        courier.thread.start();
        return courier;
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = deliver(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Delivers once, and returns how long to wait before the next time. */
    private Duration deliver(Duration pauseBefore) {
        try {
            return outbox.deliver(follower) > 0 ? Duration.ZERO : IDLE;
        } catch (Exception e) {
            Duration pause = pauseBefore.isZero() ? IDLE : pauseBefore.multipliedBy(2);
            Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
            // Once or twice while the follower is away, not every two seconds.
            if (pauseBefore.compareTo(IDLE) <= 0) {
                LOG.warn("The {} cannot follow, and is tried again until it can: {}", follower.name(), e.toString());
            }
            LOG.debug("The {} is tried again in {} ms", follower.name(), bounded.toMillis(), e);
            return bounded;
        }
    }

    /** Ends the thread, after the delivery under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
