package dev.regista.sql;

import dev.regista.NotSupportedException;
import dev.regista.sql.signal.Signal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** What all signals have: where they come from, and whether listeners may still decide something. */
abstract class SignalContext implements Signal {
    private final String database;
    private final SharedSessionContractImplementor session;
    private boolean before = true;
    private boolean skipped;

    SignalContext(String database, SharedSessionContractImplementor session) {
        this.database = database;
        this.session = session;
    }

    /** Calls those that come before, until one of them skips it. */
    final <E> void ask(List<Consumer<E>> listeners, E self) {
        for (Consumer<E> listener : listeners) {
            if (skipped) {
                break;
            }
            listener.accept(self);
        }
        before = false;
    }

    /** Calls those that come after. */
    final <E> void tell(List<Consumer<E>> listeners, E self) {
        before = false;
        listeners.forEach(listener -> listener.accept(self));
    }

    final void requireBefore() {
        if (!before) {
            throw new IllegalStateException("It has been done: only listeners that are called before can change it");
        }
    }

    final NotSupportedException notSupported(String what) {
        return new NotSupportedException(database, what);
    }

    public void skip() {
        requireBefore();
        skipped = true;
    }

    public final boolean isSkipped() {
        return skipped;
    }

    final SharedSessionContractImplementor implementor() {
        return session;
    }

    @Override
    public final String database() {
        return database;
    }

    @Override
    public final Optional<String> tenant() {
        Route route = route();
        return Optional.ofNullable(route == null ? null : route.tenant());
    }

    @Override
    public final Optional<String> schema() {
        Route route = route();
        return Optional.ofNullable(route == null ? null : route.schema());
    }

    private @Nullable Route route() {
        return session.getTenantIdentifierValue() instanceof Route route ? route : null;
    }

    @Override
    public final SharedSessionContract session() {
        return session;
    }

    @Override
    public final StatelessSession stateless() {
        return unit().besides();
    }

    @Override
    public final void afterCommit(Runnable action) {
        unit().ending().afterCommit(action);
    }

    @Override
    public final void afterRollback(Runnable action) {
        unit().ending().afterRollback(action);
    }

    final SqlUnit unit() {
        SqlUnit unit = findUnit(session);
        if (unit == null) {
            throw new IllegalStateException("The session is of no unit of work of database '" + database + "'");
        }
        return unit;
    }

    /** The sessions of a unit, and their children, send their statements past its watch. */
    static @Nullable SqlUnit findUnit(SharedSessionContractImplementor session) {
        return session.getJdbcCoordinator()
                                .getJdbcSessionOwner()
                                .getJdbcSessionContext()
                                .getStatementInspector()
                        instanceof WriteWatch watch
                ? watch.unit()
                : null;
    }
}
