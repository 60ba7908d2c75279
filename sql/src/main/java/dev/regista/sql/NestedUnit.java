package dev.regista.sql;

import dev.regista.spi.Failures;
import dev.regista.spi.Unit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A unit inside another one's transaction, between two savepoints. It has a session of its own, because a session cannot
 * forget just what happened since a savepoint: undoing this unit throws its session away and leaves the outer one's
 * objects as they were.
 */
final class NestedUnit implements SqlUnit {
    private final SqlUnit outer;
    private final Savepoint savepoint;
    private final Runnable undone;
    private @Nullable SessionImplementor session;
    private @Nullable StatelessSession stateless;

    NestedUnit(SqlUnit outer, Savepoint savepoint, Runnable undone) {
        this.outer = outer;
        this.savepoint = savepoint;
        this.undone = undone;
    }

    @Override
    public SessionImplementor session() {
        SessionImplementor present = session;
        if (present == null) {
            present = (SessionImplementor)
                    outer.session().sessionWithOptions().connection().open();
            session = present;
        }
        return present;
    }

    @Override
    public StatelessSession stateless() {
        flush();
        StatelessSession present = stateless;
        if (present == null) {
            present = outer.session().statelessWithOptions().connection().open();
            stateless = present;
        }
        return present;
    }

    @Override
    public Connection jdbc() {
        flush();
        return outer.jdbc();
    }

    @Override
    public Connection connection() {
        return outer.connection();
    }

    private void flush() {
        SessionImplementor present = session;
        if (present != null) {
            present.flush();
        }
    }

    @Override
    public Unit<Session> nested() throws SQLException {
        flush();
        return new NestedUnit(this, connection().setSavepoint(), undone);
    }

    @Override
    public void commit() throws SQLException {
        flush();
        SessionImplementor present = session;
        if (present != null) {
            present.getJdbcCoordinator().executeBatch();
        }
        try {
            connection().releaseSavepoint(savepoint);
        } catch (SQLFeatureNotSupportedException e) {
            // Some databases keep savepoints until the transaction ends; that is harmless.
            return;
        }
    }

    @Override
    public void rollback() throws SQLException {
        undone.run();
        SessionImplementor present = session;
        if (present != null) {
            present.clear();
        }
        connection().rollback(savepoint);
    }

    @Override
    public void release() throws Exception {
        Failures failures = new Failures();
        RootUnit.close(stateless, failures);
        SessionImplementor present = session;
        if (present != null && present.isOpen()) {
            failures.attempt(present::close);
        }
        failures.throwIfAny();
    }

    /** A nested unit always ends with an outcome. */
    @Override
    public boolean hasWritten() {
        return false;
    }
}
