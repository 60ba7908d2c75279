package dev.regista.spi;

import dev.regista.Connection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A unit of work in its explicit form. */
final class UnitConnection<S> implements Connection<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final String database;
    private final Unit<?> unit;
    private final Runnable giveBack;
    private final S session;
    private @Nullable String outcome;
    private boolean closed;

    UnitConnection(String database, Unit<?> unit, Function<Unit<?>, ? extends S> view, Runnable giveBack) {
        this.database = database;
        this.unit = unit;
        this.giveBack = giveBack;
        try {
            this.session = view.apply(unit);
        } catch (Throwable t) {
            Failures failures = new Failures(t);
            failures.attempt(unit::rollback);
            failures.attempt(unit::release);
            throw t;
        }
    }

    @Override
    public S session() {
        if (closed) {
            throw new IllegalStateException("This connection to database '" + database + "' has been closed");
        }
        return session;
    }

    @Override
    public void commit() {
        decide("committed");
        try {
            unit.commit();
        } catch (Throwable t) {
            outcome = "rolled back, because its commit failed";
            Failures failures = new Failures(t);
            failures.attempt(unit::rollback);
            throw rethrow(t, "commit");
        }
    }

    @Override
    public void rollback() {
        decide("rolled back");
        try {
            unit.rollback();
        } catch (Throwable t) {
            throw rethrow(t, "roll back");
        }
    }

    private void decide(String newOutcome) {
        session();
        if (outcome != null) {
            throw new IllegalStateException(
                    "This unit of work on database '" + database + "' has already been " + outcome);
        }
        outcome = newOutcome;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean undecided = outcome == null;
        Failures failures = new Failures();
        try {
            if (undecided) {
                failures.attempt(this::warnOfLoss);
                failures.attempt(unit::rollback);
            }
            failures.attempt(unit::release);
        } finally {
            giveBack.run();
        }
        Throwable failure = failures.first();
        if (failure != null && undecided) {
            throw rethrow(failure, "roll back");
        }
        if (failure != null) {
            LOG.warn("Releasing a unit of work on database '{}' that was {} failed", database, outcome, failure);
        }
    }

    private void warnOfLoss() {
        if (unit.hasWritten()) {
            LOG.warn(
                    "A connection to database '{}' was closed without a commit: what it wrote has been rolled back",
                    database);
        }
    }

    private RuntimeException rethrow(Throwable failure, String doing) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException unchecked) {
            return unchecked;
        }
        return new UnitFailedException(database, doing, (Exception) failure);
    }
}
