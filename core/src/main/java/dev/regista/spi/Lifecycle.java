package dev.regista.spi;

import dev.regista.CloseFailedException;
import dev.regista.Database.Status;
import dev.regista.DatabaseDownException;
import dev.regista.NotOpenException;
import dev.regista.OpenFailedException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes one database: counts references, admits work, drains it, and tries again what is down.
 *
 * <p>All transitions are made under {@link #lock}; opening, hooks, draining and closing run outside of it, while the status
 * ({@code OPENING}, {@code CLOSING}) keeps others waiting. Admitting a unit of work takes no lock: it first puts its lease
 * out and then reads {@link #serving}, while closing first clears {@code serving} and then looks for leases. One of the two
 * always sees the other.
 */
final class Lifecycle<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final DatabaseSettings<?> settings;
    private final Callable<Backend<S>> open;
    private final Hooks<?> hooks;
    private final Function<Throwable, @Nullable RuntimeException> translation;
    private final Leases leases = new Leases();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** The backend that everyone may use; set while open. */
    private volatile @Nullable Backend<S> serving;

    /** The backend that only the thread of a hook may use; set while its hooks run. */
    @SuppressWarnings("ThreadLocalUsage") // one per database on purpose: a hook may use just its own
    private final ThreadLocal<@Nullable Backend<S>> reserved = new ThreadLocal<>();

    private volatile Status status = Status.CLOSED;
    private volatile int references;
    private volatile @Nullable Throwable lastFailure;

    /** The transition under way, for those who wait for it to tell how it ended. Guarded by the lock. */
    private Transition transition = new Transition(Thread.currentThread());

    /** Tries again what is down. Guarded by the lock. */
    private @Nullable Recovery<S> recovery;

    private static final class Transition {
        final Thread thread;

        @Nullable
        RuntimeException failure;

        Transition(Thread thread) {
            this.thread = thread;
        }
    }

    <D> Lifecycle(
            DatabaseSettings<D> settings,
            Callable<Backend<S>> open,
            Supplier<D> self,
            Function<Throwable, @Nullable RuntimeException> translation) {
        this.settings = settings;
        this.open = open;
        this.translation = translation;
        this.hooks = new Hooks<>(settings, self);
    }

    String name() {
        return settings.name();
    }

    Status status() {
        return status;
    }

    int references() {
        return references;
    }

    Leases leases() {
        return leases;
    }

    // ---- work

    /** Puts a lease out; the caller gives it back with {@link #giveBack}. */
    Lease lease() {
        Lease lease = new Lease();
        leases.add(lease);
        try {
            backend();
            return lease;
        } catch (RuntimeException e) {
            giveBack(lease);
            throw e;
        }
    }

    void giveBack(Lease lease) {
        leases.remove(lease);
        if (status == Status.CLOSING) {
            signal();
        }
    }

    Backend<S> backend() {
        Backend<S> current = serving;
        if (current != null) {
            return current;
        }
        Backend<S> mine = reserved.get();
        if (mine != null) {
            return mine;
        }
        Status now = status;
        if (now == Status.DOWN) {
            throw new DatabaseDownException(name(), lastFailure);
        }
        throw new NotOpenException(name(), now);
    }

    /** Returns what the caller gets in place of a failure; {@code null} for the failure itself. */
    @Nullable
    RuntimeException translate(Throwable failure) {
        return translation.apply(failure);
    }

    // ---- connecting

    boolean connect() {
        if (!enterOpening()) {
            return false;
        }
        try {
            Backend<S> backend = openAndRunHooks();
            leave(Status.OPEN, 1, backend, null);
            LOG.info("Database '{}' is open", name());
            return true;
        } catch (OpenFailedException e) {
            if (settings.required() || Thread.currentThread().isInterrupted()) {
                leave(Status.CLOSED, 0, null, e);
                throw e;
            }
            LOG.warn("Database '{}' is down, and is tried again in the background", name(), e);
            goDown(e);
            return true;
        } catch (RuntimeException e) {
            leave(Status.CLOSED, 0, null, e);
            throw e;
        } catch (Error e) {
            leave(Status.CLOSED, 0, null, new OpenFailedException(name(), e.toString(), e));
            throw e;
        }
    }

    /** Counts a reference on what is open, or begins to open what is not. Returns whether the caller has to open. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
    private boolean enterOpening() {
        lock.lock();
        try {
            while (status == Status.OPENING || status == Status.CLOSING) {
                Transition awaited = transition;
                awaitTransition(awaited);
                if (awaited.failure != null && status == Status.CLOSED) {
                    throw new OpenFailedException(name(), "another attempt under way failed", awaited.failure);
                }
            }
            if (status != Status.CLOSED) {
                references++;
                return false;
            }
            enter(Status.OPENING);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void awaitTransition(Transition awaited) {
        refuseInside(awaited);
        try {
            while (transition == awaited && (status == Status.OPENING || status == Status.CLOSING)) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpenFailedException(name(), "interrupted while waiting for it", e);
        }
    }

    private void refuseInside(Transition awaited) {
        if (awaited.thread == Thread.currentThread()) {
            throw new IllegalStateException(
                    "Database '" + name() + "' is " + status.name().toLowerCase(Locale.ROOT)
                            + " on this very thread: a hook must not connect or disconnect the database it is called for");
        }
    }

    Backend<S> openAndRunHooks() {
        Backend<S> backend = new Opening<>(name(), open).await(settings.connectTimeout());
        reserved.set(backend);
        try {
            hooks.opened();
            return backend;
        } catch (Throwable t) {
            OpenFailedException failure = new OpenFailedException(name(), "an open hook failed: " + t.getMessage(), t);
            try {
                backend.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
            throw failure;
        } finally {
            reserved.remove();
        }
    }

    // ---- what is down

    private void goDown(OpenFailedException failure) {
        lock.lock();
        try {
            lastFailure = failure;
            leave(Status.DOWN, 1, null, null);
            recovery = new Recovery<>(this);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the time is over, or the attempts of this recovery are not wanted any more. Returns whether they are. */
    boolean stillDownAfter(Duration pause, Recovery<S> asking) throws InterruptedException {
        long left = pause.toNanos();
        lock.lock();
        try {
            while (recovery == asking && left > 0) {
                left = changed.awaitNanos(left);
            }
            return recovery == asking;
        } finally {
            lock.unlock();
        }
    }

    void failedAgain(Throwable failure) {
        lastFailure = failure;
    }

    /** Closes a backend whose open hooks have run, and which was never in service. */
    void closeUnwanted(Backend<S> backend) throws Exception {
        Failures failures = new Failures();
        reserved.set(backend);
        try {
            failures.attempt(hooks::closing);
        } finally {
            reserved.remove();
        }
        failures.attempt(backend::close);
        failures.throwIfAny();
    }

    /** Puts a backend into service if it is still wanted, else leaves it to the caller to close. */
    boolean recovered(Backend<S> backend, Recovery<S> asking) {
        lock.lock();
        try {
            if (recovery != asking) {
                return false;
            }
            recovery = null;
            lastFailure = null;
            serving = backend;
            status = Status.OPEN;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    // ---- disconnecting

    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
    boolean disconnect(Duration drain, Thread asking) {
        Backend<S> backend;
        lock.lock();
        try {
            if (references == 0) {
                return false;
            }
            references--;
            if (references > 0) {
                return false;
            }
            backend = enterClosing();
        } finally {
            lock.unlock();
        }
        shut(backend, drain, asking);
        return true;
    }

    boolean forceDisconnect() {
        Backend<S> backend;
        lock.lock();
        try {
            while (status == Status.OPENING || status == Status.CLOSING) {
                refuseInside(transition);
                changed.awaitUninterruptibly();
            }
            if (status == Status.CLOSED) {
                return false;
            }
            if (references > 1 || !leases.isEmpty()) {
                LOG.warn(
                        "Database '{}' is closed by force, with {} references and these units of work under way: {}",
                        name(),
                        references,
                        leases.holders());
            }
            references = 0;
            backend = enterClosing();
        } finally {
            lock.unlock();
        }
        shut(backend, Duration.ZERO, Thread.currentThread());
        return true;
    }

    private @Nullable Backend<S> enterClosing() {
        Backend<S> backend = serving;
        enter(Status.CLOSING);
        serving = null;
        Recovery<S> unwanted = recovery;
        if (unwanted != null) {
            recovery = null;
            unwanted.stop();
        }
        return backend;
    }

    private void shut(@Nullable Backend<S> backend, Duration drain, Thread asking) {
        Failures failures = new Failures();
        try {
            if (backend != null) {
                drain(drain, asking);
                reserved.set(backend);
                failures.attempt(hooks::closing);
                reserved.remove();
                failures.attempt(backend::close);
            }
        } finally {
            leave(Status.CLOSED, 0, null, null);
        }
        LOG.info("Database '{}' is closed", name());
        Throwable first = failures.first();
        if (first != null) {
            throw new CloseFailedException("database '" + name() + "'", first);
        }
    }

    private void drain(Duration limit, Thread asking) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (leases.anyBesides(asking) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        if (!leases.isEmpty() && !limit.isZero()) {
            LOG.warn("Database '{}' is closed with units of work under way: {}", name(), leases.holders());
        }
    }

    // ---- transitions

    private void enter(Status next) {
        transition = new Transition(Thread.currentThread());
        status = next;
        changed.signalAll();
    }

    private void leave(Status next, int count, @Nullable Backend<S> backend, @Nullable RuntimeException failure) {
        lock.lock();
        try {
            transition.failure = failure;
            references = count;
            serving = backend;
            status = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
