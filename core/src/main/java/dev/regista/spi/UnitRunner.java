package dev.regista.spi;

import dev.regista.Connection;
import dev.regista.Isolation;
import dev.regista.NotSupportedException;
import dev.regista.RollbackOnlyException;
import dev.regista.Units;
import dev.regista.Work;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs units of work on one database: begins, joins or nests them, decides their outcome, and gives everything back.
 *
 * @param <U> the session of the database's own units
 * @param <S> the session handed to the work
 */
final class UnitRunner<U, S> implements Units<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Units.class);

    private final Lifecycle<U> database;
    private final Function<? super Unit<U>, ? extends S> view;
    private final Supplier<? extends @Nullable Object> scope;
    private final Propagation propagation;
    private final int retries;
    private final UnitSettings settings;

    private enum Propagation {
        JOIN,
        NEW,
        NESTED
    }

    /**
     * Runs units.
     *
     * @param scope says, when a unit begins, in which part of the database
     */
    UnitRunner(
            Lifecycle<U> database,
            Function<? super Unit<U>, ? extends S> view,
            Supplier<? extends @Nullable Object> scope) {
        this(database, view, scope, Propagation.JOIN, 0, UnitSettings.DEFAULT);
    }

    private UnitRunner(
            Lifecycle<U> database,
            Function<? super Unit<U>, ? extends S> view,
            Supplier<? extends @Nullable Object> scope,
            Propagation propagation,
            int retries,
            UnitSettings settings) {
        this.database = database;
        this.view = view;
        this.scope = scope;
        this.propagation = propagation;
        this.retries = retries;
        this.settings = settings;
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(Work<? super S, ? extends T, X> work) throws X {
        return this.<T, X>perform(settings, work);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T read(Work<? super S, ? extends T, X> work) throws X {
        Isolation isolation = settings.isolation();
        if (isolation != null && isolation.compareTo(Isolation.READ_COMMITTED) > 0) {
            throw new NotSupportedException(
                    database.name(),
                    "a read, which has no transaction, at isolation " + isolation + ": use snapshot(..)");
        }
        return this.<T, X>perform(settings.withMode(Mode.READ), work);
    }

    private <T extends @Nullable Object, X extends Exception> T perform(
            UnitSettings asked, Work<? super S, ? extends T, X> work) throws X {
        Objects.requireNonNull(work, "work");
        UnitSettings wanted = asked.withScope(scope.get());
        Frame outer = propagation == Propagation.NEW ? null : Frame.find(database, wanted.scope());
        if (outer == null) {
            return retries == 0 ? this.<T, X>fresh(wanted, work) : this.<T, X>again(wanted, work);
        }
        outer.requireRoomFor(wanted);
        // A read has no transaction, and so nothing that a savepoint could protect.
        boolean nesting = propagation == Propagation.NESTED && outer.settings().mode() != Mode.READ;
        return nesting ? this.<T, X>nest(outer, work) : this.<T, X>join(outer, work);
    }

    private <T extends @Nullable Object, X extends Exception> T join(Frame outer, Work<? super S, ? extends T, X> work)
            throws X {
        try {
            return work.apply(session(outer.unit()));
        } catch (Throwable t) {
            outer.doom(t);
            throwTranslated(t);
            throw t;
        }
    }

    private <T extends @Nullable Object, X extends Exception> T nest(Frame outer, Work<? super S, ? extends T, X> work)
            throws X {
        Unit<?> unit = begin(outer.unit()::nested);
        return this.<T, X>conclude(unit, outer.settings(), outer, work);
    }

    private <T extends @Nullable Object, X extends Exception> T fresh(
            UnitSettings wanted, Work<? super S, ? extends T, X> work) throws X {
        Lease lease = database.lease();
        try {
            Backend<U> backend = database.backend();
            return this.<T, X>conclude(begin(() -> backend.begin(wanted)), wanted, null, work);
        } finally {
            database.giveBack(lease);
        }
    }

    private <T extends @Nullable Object, X extends Exception> T again(
            UnitSettings wanted, Work<? super S, ? extends T, X> work) throws X {
        Retry retry = new Retry(retries);
        UnitSettings attempt = wanted;
        while (true) {
            try {
                return this.<T, X>fresh(attempt, work);
            } catch (Throwable t) {
                if (!retry.pauseAfter(t, database)) {
                    throw t;
                }
                // What it may use can have changed meanwhile.
                attempt = wanted.withScope(scope.get());
            }
        }
    }

    /**
     * Does the work in a unit that has begun, and ends the unit whatever happens. A nested unit that cannot be undone leaves
     * its surrounding one no other end than being undone itself.
     */
    private <T extends @Nullable Object, X extends Exception> T conclude(
            Unit<?> unit, UnitSettings given, @Nullable Frame surrounding, Work<? super S, ? extends T, X> work)
            throws X {
        Frame frame = Frame.push(database, unit, given);
        @Nullable Throwable failure = null;
        try {
            T result = work.apply(session(unit));
            Throwable doom = frame.doom();
            if (doom != null) {
                throw new RollbackOnlyException(database.name(), doom);
            }
            commit(unit);
            return result;
        } catch (Throwable t) {
            RuntimeException translated = database.translate(t);
            failure = translated == null ? t : translated;
            if (!undo(unit, failure) && surrounding != null) {
                surrounding.doom(failure);
            }
            if (translated != null) {
                throw translated;
            }
            throw t;
        } finally {
            frame.pop();
            release(unit, failure);
        }
    }

    private void throwTranslated(Throwable failure) {
        RuntimeException translated = database.translate(failure);
        if (translated != null) {
            throw translated;
        }
    }

    @SuppressWarnings("unchecked") // a frame of this database holds a unit that this database's backend made
    private S session(Unit<?> unit) {
        return view.apply((Unit<U>) unit);
    }

    /** A step of the kind's code; what it throws unchecked goes through as it is. */
    @FunctionalInterface
    private interface Begin {
        Unit<?> run() throws Exception;
    }

    private Unit<?> begin(Begin step) {
        try {
            return step.run();
        } catch (UnsupportedOperationException e) {
            throw new NotSupportedException(database.name(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UnitFailedException(database.name(), "begin", e);
        }
    }

    private void commit(Unit<?> unit) {
        try {
            unit.commit();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UnitFailedException(database.name(), "commit", e);
        }
    }

    private static boolean undo(Unit<?> unit, Throwable failure) {
        try {
            unit.rollback();
            return true;
        } catch (Throwable t) {
            suppress(failure, t);
            return false;
        }
    }

    private void release(Unit<?> unit, @Nullable Throwable failure) {
        try {
            unit.release();
        } catch (Throwable t) {
            if (failure == null) {
                LOG.warn("Releasing a committed unit of work on database '{}' failed", database.name(), t);
            } else {
                suppress(failure, t);
            }
        }
    }

    private static void suppress(Throwable failure, Throwable later) {
        if (failure != later) {
            failure.addSuppressed(later);
        }
    }

    @Override
    public Connection<S> get() {
        if (propagation == Propagation.NESTED || retries > 0) {
            throw new NotSupportedException(database.name(), "get() with nested() or retrying(..): use run or call");
        }
        UnitSettings wanted = settings.withScope(scope.get());
        Lease lease = database.lease();
        try {
            Backend<U> backend = database.backend();
            Unit<?> unit = begin(() -> backend.begin(wanted));
            return new UnitConnection<>(database.name(), unit, this::session, () -> database.giveBack(lease));
        } catch (Throwable t) {
            database.giveBack(lease);
            throw t;
        }
    }

    @Override
    public Units<S> requiresNew() {
        return with(Propagation.NEW, retries, settings);
    }

    @Override
    public Units<S> nested() {
        return with(Propagation.NESTED, retries, settings);
    }

    @Override
    public Units<S> readOnly() {
        return with(propagation, retries, settings.withMode(Mode.READ_ONLY));
    }

    @Override
    public Units<S> isolation(Isolation isolation) {
        return with(propagation, retries, settings.withIsolation(Objects.requireNonNull(isolation, "isolation")));
    }

    @Override
    public Units<S> timeout(Duration limit) {
        return with(propagation, retries, settings.withTimeout(Objects.requireNonNull(limit, "limit")));
    }

    @Override
    public Units<S> retrying(int atMost) {
        if (atMost < 0 || atMost > 100) {
            throw new IllegalArgumentException("retries must be 0 to 100, not " + atMost);
        }
        return with(propagation, atMost, settings);
    }

    private Units<S> with(Propagation newPropagation, int newRetries, UnitSettings newSettings) {
        return new UnitRunner<>(database, view, scope, newPropagation, newRetries, newSettings);
    }
}
