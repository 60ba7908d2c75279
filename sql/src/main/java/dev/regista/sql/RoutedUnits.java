package dev.regista.sql;

import dev.regista.Isolation;
import dev.regista.Units;
import dev.regista.Work;
import java.sql.Connection;
import java.time.Duration;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Units of work in one part of a database, in their three forms. */
record RoutedUnits(
        Units<Session> sessions, Units<StatelessSession> stateless, Units<Connection> jdbc, Supplier<UnitEnding> ending)
        implements SqlUnits {
    @Override
    public <T extends @Nullable Object, X extends Exception> T call(Work<? super Session, ? extends T, X> work)
            throws X {
        return sessions.<T, X>call(work);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T read(Work<? super Session, ? extends T, X> work)
            throws X {
        return sessions.<T, X>read(work);
    }

    @Override
    public void afterCommit(Runnable action) {
        ending.get().afterCommit(action);
    }

    @Override
    public void afterRollback(Runnable action) {
        ending.get().afterRollback(action);
    }

    @Override
    public dev.regista.Connection<Session> get() {
        return sessions.get();
    }

    @Override
    public Units<Session> requiresNew() {
        return sessions.requiresNew();
    }

    @Override
    public Units<Session> nested() {
        return sessions.nested();
    }

    @Override
    public Units<Session> readOnly() {
        return sessions.readOnly();
    }

    @Override
    public Units<Session> isolation(Isolation isolation) {
        return sessions.isolation(isolation);
    }

    @Override
    public Units<Session> timeout(Duration limit) {
        return sessions.timeout(limit);
    }

    @Override
    public Units<Session> retrying(int retries) {
        return sessions.retrying(retries);
    }
}
