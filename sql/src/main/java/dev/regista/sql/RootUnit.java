package dev.regista.sql;

import dev.regista.IncompatibleUnitException;
import dev.regista.spi.Failures;
import dev.regista.spi.Mode;
import dev.regista.spi.Unit;
import dev.regista.spi.UnitSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorOwner;
import org.hibernate.resource.transaction.spi.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A unit with a transaction of its own, or, for reading, with none. Nothing is taken before the work asks for a face. If
 * that is a session, Hibernate takes the connection and runs the transaction; if it is plain JDBC, this unit does, and
 * Hibernate, should it be needed later, works on that connection.
 */
final class RootUnit implements SqlUnit {
    private final SqlBackend backend;
    private final UnitSettings settings;
    private final WriteWatch writes = new WriteWatch();
    private @Nullable SessionImplementor session;
    private @Nullable StatelessSession stateless;
    private @Nullable Connection own;
    private @Nullable Connection guarded;
    private boolean cachesDoubtful;

    RootUnit(SqlBackend backend, UnitSettings settings) {
        this.backend = backend;
        this.settings = settings;
    }

    @Override
    public SessionImplementor session() {
        SessionImplementor present = session;
        return present != null ? present : openSession();
    }

    private SessionImplementor openSession() {
        SessionFactoryImplementor factory = (SessionFactoryImplementor) backend.sessionFactory();
        SessionBuilder builder = factory.withOptions();
        if (own != null) {
            builder.connection(own);
        }
        if (settings.mode() == Mode.WRITE) {
            writes.continueWith(factory.getSessionFactoryOptions().getStatementInspector());
            builder.statementInspector(writes);
        } else {
            builder.flushMode(FlushMode.MANUAL);
        }
        SessionImplementor opened = (SessionImplementor) builder.openSession();
        session = opened;
        // Not by the builder: that would switch the connection itself, at the cost of round trips, and fail on SQLite.
        opened.setDefaultReadOnly(settings.mode() != Mode.WRITE);
        if (settings.mode() == Mode.READ) {
            limitTimeOfRead(opened);
        } else {
            begin(opened);
        }
        return opened;
    }

    private void begin(SessionImplementor opened) {
        Transaction transaction = opened.getTransaction();
        Duration timeout = settings.timeout();
        if (timeout != null) {
            transaction.setTimeout(seconds(timeout));
        }
        transaction.begin();
        if (own == null && Transactions.needsPreparation(settings)) {
            try {
                Transactions.prepare(connection(), settings, backend.product());
            } catch (SQLException e) {
                throw opened.getJdbcServices().getSqlExceptionHelper().convert(e, "could not prepare the transaction");
            }
        }
    }

    /** A read has no transaction that could carry the limit, but the coordinator of its statements knows one. */
    private void limitTimeOfRead(SessionImplementor opened) {
        Duration timeout = settings.timeout();
        if (timeout != null) {
            ((TransactionCoordinatorOwner) opened.getJdbcCoordinator()).setTransactionTimeOut(seconds(timeout));
        }
    }

    @Override
    public StatelessSession stateless() {
        flush();
        StatelessSession present = stateless;
        if (present == null) {
            present = session().statelessWithOptions().connection().open();
            stateless = present;
        }
        return present;
    }

    @Override
    public Connection jdbc() {
        flush();
        Connection present = guarded;
        if (present == null) {
            present = GuardedConnection.over(connection(), settings.timeout(), writes);
            guarded = present;
        }
        return present;
    }

    @Override
    public Connection connection() {
        SessionImplementor present = session;
        if (own == null && present != null) {
            return present.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
        }
        return own != null ? own : takeConnection();
    }

    private Connection takeConnection() {
        try {
            Connection taken = backend.pool().getConnection();
            own = taken;
            if (settings.mode() != Mode.READ) {
                taken.setAutoCommit(false);
                Transactions.prepare(taken, settings, backend.product());
            }
            return taken;
        } catch (SQLException e) {
            throw new JDBCConnectionException("could not begin a plain JDBC unit of work", e);
        }
    }

    private void flush() {
        SessionImplementor present = session;
        if (present != null && settings.mode() == Mode.WRITE && present.isOpen()) {
            present.flush();
        }
    }

    @Override
    public Unit<Session> nested() throws SQLException {
        flush();
        return new NestedUnit(this, connection().setSavepoint(), this::doubtCaches);
    }

    /** What a nested unit that was undone put aside for the second-level cache would be put there at commit. */
    private void doubtCaches() {
        cachesDoubtful = true;
    }

    @Override
    public void commit() throws SQLException {
        SessionImplementor present = session;
        if (settings.mode() != Mode.WRITE) {
            refusePendingWrites();
        }
        if (present != null) {
            commit(present);
        } else if (own != null && settings.mode() != Mode.READ) {
            own.commit();
        }
    }

    private void commit(SessionImplementor present) {
        if (settings.mode() == Mode.READ) {
            return;
        }
        Transaction transaction = present.getTransaction();
        if (decidedByTheWork(transaction)) {
            refuseLateWrites(present);
            return;
        }
        if (settings.mode() == Mode.WRITE) {
            // Before the commit, and not by it, so that the work's failure arrives as itself and not as a failed
            // commit.
            present.flush();
            present.getJdbcCoordinator().executeBatch();
        }
        transaction.commit();
    }

    /** The work may end the transaction through the session's own means (A.81); that stands. */
    private static boolean decidedByTheWork(Transaction transaction) {
        TransactionStatus status = transaction.getStatus();
        return status == TransactionStatus.COMMITTED || status == TransactionStatus.ROLLED_BACK;
    }

    private static void refuseLateWrites(SessionImplementor present) {
        if (present.isOpen() && present.isDirty()) {
            throw new IllegalStateException("The work ended the transaction by itself and changed objects after that;"
                    + " those changes have not been written");
        }
    }

    private void refusePendingWrites() {
        SessionImplementor present = session;
        if (present != null
                && present.isOpen()
                && ((EventSource) present).getActionQueue().hasAnyQueuedActions()) {
            throw new IncompatibleUnitException(
                    backend.name(), "a unit that only reads added or removed objects, which have not been written");
        }
    }

    @Override
    public void rollback() throws SQLException {
        SessionImplementor present = session;
        if (present != null) {
            if (settings.mode() != Mode.READ
                    && present.isOpen()
                    && present.getTransaction().getStatus().canRollback()) {
                present.getTransaction().rollback();
            }
        } else if (own != null && settings.mode() != Mode.READ) {
            own.rollback();
        }
    }

    @Override
    public void release() throws Exception {
        Failures failures = new Failures();
        close(stateless, failures);
        SessionImplementor present = session;
        if (present != null && present.isOpen()) {
            failures.attempt(present::close);
        }
        if (own != null) {
            // The pool resets what the unit changed, and rolls back what is left undecided.
            Connection taken = own;
            failures.attempt(() -> backend.pool().closeConnection(taken));
        }
        if (cachesDoubtful) {
            failures.attempt(() -> backend.sessionFactory().getCache().evictAllRegions());
        }
        failures.throwIfAny();
    }

    static void close(@Nullable StatelessSession face, Failures failures) {
        if (face != null && face.isOpen()) {
            failures.attempt(face::close);
        }
    }

    @Override
    public boolean hasWritten() {
        SessionImplementor present = session;
        boolean undecided = present == null || !decidedByTheWork(present.getTransaction());
        return undecided && (writes.seen() || (present != null && present.isOpen() && present.isDirty()));
    }

    private static int seconds(Duration limit) {
        return (int) Math.min(Integer.MAX_VALUE, limit.plusNanos(999_999_999).toSeconds());
    }
}
