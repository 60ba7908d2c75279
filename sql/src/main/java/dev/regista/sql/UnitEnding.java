package dev.regista.sql;

import dev.regista.IncompatibleUnitException;
import dev.regista.sql.signal.UnitEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.SessionEventListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done when a unit of work has ended. What a nested one leaves, the outer one does with its own: only with
 * its end is a savepoint's outcome an outcome.
 */
final class UnitEnding implements SessionEventListener {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(UnitEnding.class);

    private final String database;
    private final transient DefaultSignals signals;
    private final transient @Nullable Route route;
    private final boolean reads;
    private final transient List<Pending> pending = new ArrayList<>(0);
    private boolean committed;
    private boolean ended;

    private record Pending(Runnable action, boolean isForCommit, boolean isUndone) {
        Pending undone() {
            return new Pending(action, isForCommit, true);
        }
    }

    UnitEnding(String database, DefaultSignals signals, @Nullable Route route, boolean reads) {
        this.database = database;
        this.signals = signals;
        this.route = route;
        this.reads = reads;
    }

    void afterCommit(Runnable action) {
        add(new Pending(Objects.requireNonNull(action, "action"), true, false));
    }

    void afterRollback(Runnable action) {
        add(new Pending(Objects.requireNonNull(action, "action"), false, false));
    }

    private void add(Pending added) {
        if (reads) {
            throw new IncompatibleUnitException(
                    database, "an action was registered for after the commit of a read, which has no transaction");
        }
        if (ended) {
            throw new IllegalStateException("This unit of work on database '" + database + "' has ended");
        }
        pending.add(added);
    }

    /** The transaction of a unit of plain JDBC has been committed. */
    void committed() {
        committed = true;
    }

    /** The session has ended its transaction: for the unit, or by the work's own hand. */
    @Override
    public void transactionCompletion(boolean successful) {
        committed = successful;
    }

    /** Ends a nested unit. */
    void finishInside(UnitEnding outer) {
        ended = true;
        if (committed) {
            outer.pending.addAll(pending);
            return;
        }
        pending.stream().map(Pending::undone).forEach(outer.pending::add);
        if (!signals.rolledBack().isEmpty()) {
            UnitEnd end = end(true);
            outer.pending.add(new Pending(() -> tell(signals.rolledBack(), end), false, true));
        }
    }

    /** Ends the outermost unit; it has been given back. */
    void finish() {
        ended = true;
        if (reads) {
            return;
        }
        for (Pending one : pending) {
            if (one.isForCommit() == (committed && !one.isUndone())) {
                run(one.action());
            }
        }
        Listeners<UnitEnd> listeners = committed ? signals.committed() : signals.rolledBack();
        if (!listeners.isEmpty()) {
            tell(listeners, end(false));
        }
    }

    private UnitEnd end(boolean nested) {
        return new UnitEnd(
                database,
                Optional.ofNullable(route == null ? null : route.tenant()),
                Optional.ofNullable(route == null ? null : route.schema()),
                nested);
    }

    private void tell(Listeners<UnitEnd> listeners, UnitEnd end) {
        for (Consumer<UnitEnd> listener : listeners.of(UnitEnd.class)) {
            run(() -> listener.accept(end));
        }
    }

    /** Whoever began the unit must not take it for one that has failed, and begin it again. */
    private void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable t) {
            LOG.error(
                    "An action after a unit of work on database '{}' failed; the unit has been {}, and stays so",
                    database,
                    committed ? "committed" : "rolled back",
                    t);
        }
    }
}
