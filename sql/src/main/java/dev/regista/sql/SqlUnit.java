package dev.regista.sql;

import dev.regista.IncompatibleUnitException;
import dev.regista.RollbackOnlyException;
import dev.regista.spi.Failures;
import dev.regista.spi.Mode;
import dev.regista.spi.Unit;
import dev.regista.spi.UnitSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.hibernate.CacheMode;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.SessionException;
import org.hibernate.SharedStatelessSessionBuilder;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.engine.spi.StatelessSessionImplementor;
import org.hibernate.event.spi.EventSource;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.hibernate.resource.transaction.spi.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work with three faces on one transaction (or, for reading, on none): a session, a stateless session and a plain
 * connection. Each is made when it is first asked for, and asking for another one flushes what is pending. If the first is
 * a session, Hibernate takes the connection and runs the transaction; if it is plain JDBC, this unit does, and Hibernate,
 * should it be needed later, works on that connection.
 *
 * <p>A nested unit is the same thing on a connection whose transaction is a savepoint of the outer one's. It has a session
 * of its own, because a session cannot forget just what happened since a savepoint.
 */
final class SqlUnit implements Unit<Session> {
    private final SqlBackend backend;
    private final UnitSettings settings;
    private final @Nullable SqlUnit outer;
    private final long begun = System.nanoTime();
    private final WriteWatch writes;
    private final UnitEnding ending;
    private @Nullable FlushState flushState;
    private @Nullable Session face;
    private @Nullable StatelessSession statelessFace;
    private @Nullable SessionImplementor session;
    private @Nullable Transaction transaction;
    private @Nullable StatelessSession stateless;
    private @Nullable Connection own;
    private @Nullable Connection guarded;
    private boolean cachesDoubtful;
    private boolean hasTurn;
    private LazyMapping.@Nullable Use use;

    SqlUnit(SqlBackend backend, UnitSettings settings) {
        this(backend, settings, null, null);
    }

    private SqlUnit(
            SqlBackend backend, UnitSettings settings, @Nullable SqlUnit outer, @Nullable Connection savepointed) {
        this.backend = backend;
        this.settings = settings;
        this.outer = outer;
        this.own = savepointed;
        this.ending = new UnitEnding(
                backend.name(), backend.signals(), (Route) settings.scope(), settings.mode() == Mode.READ);
        boolean hasNestedQuotes = backend.product() == Product.POSTGRESQL && settings.scope() == null;
        this.writes = new WriteWatch(
                this,
                settings.scope() == null,
                hasNestedQuotes ? backend.settings().schema() : null);
    }

    // ---- the faces

    @Override
    public Session session() {
        Session present = face;
        if (present == null) {
            present = backend.signals().bulk().watch(implementor(), SessionImplementor.class);
            face = present;
        }
        return present;
    }

    private SessionImplementor implementor() {
        SessionImplementor present = session;
        return present != null ? present : openSession();
    }

    // The inspector as an object, not as a function, is how a session's unit is found.
    @SuppressWarnings("deprecation")
    private SessionImplementor openSession() {
        Route route = route();
        SessionFactoryImplementor factory =
                (SessionFactoryImplementor) mapping().sessionFactory();
        SessionBuilder builder = factory.withOptions();
        if (route != null) {
            builder.tenantIdentifier(route);
        }
        if (own != null) {
            builder.connection(own);
        }
        StatementInspector inspector = factory.getSessionFactoryOptions().getStatementInspector();
        ReadLimit limit = null;
        if (settings.mode() != Mode.WRITE) {
            builder.flushMode(FlushMode.MANUAL);
        }
        Duration timeout = settings.timeout();
        if (settings.mode() == Mode.READ && timeout != null) {
            limit = new ReadLimit(timeout, inspector);
        }
        writes.continueWith(limit == null ? inspector : limit::apply);
        builder.statementInspector(writes);
        if (outer != null) {
            builder.initialCacheMode(CacheMode.IGNORE);
        }
        SessionImplementor opened = (SessionImplementor) builder.openSession();
        session = opened;
        opened.addEventListeners(ending);
        // Not by the builder: that would switch the connection itself, at the cost of round trips, and fail on SQLite.
        opened.setDefaultReadOnly(settings.mode() != Mode.WRITE);
        if (limit != null) {
            limit.keepOn(opened);
        }
        if (settings.mode() != Mode.READ) {
            begin(opened);
        }
        return opened;
    }

    /** One for the whole unit, also for what is nested in it, and also when there is a newer one meanwhile. */
    private Mapping mapping() {
        if (outer != null) {
            return outer.mapping();
        }
        LazyMapping.Use present = use;
        if (present == null) {
            present = backend.mapping(route()).use();
            use = present;
        }
        return present.mapping();
    }

    private @Nullable Route route() {
        return (Route) settings.scope();
    }

    private void begin(SessionImplementor opened) {
        Transaction begun = opened.getTransaction();
        Duration timeout = settings.timeout();
        if (timeout != null) {
            begun.setTimeout(seconds(timeout));
        }
        takeTurn();
        begun.begin();
        transaction = begun;
        if (own == null && Transactions.needsPreparation(settings)) {
            try {
                Transactions.prepare(connection(), settings, backend.product());
            } catch (SQLException e) {
                throw opened.getJdbcServices().getSqlExceptionHelper().convert(e, "could not prepare the transaction");
            }
        }
    }

    StatelessSession stateless() {
        flush();
        StatelessSession present = statelessFace;
        if (present == null) {
            present = backend.signals().bulk().watch(besides(), StatelessSessionImplementor.class);
            statelessFace = present;
        }
        return present;
    }

    /** Returns the stateless session without flushing, for what is done while the session is flushed. */
    StatelessSession besides() {
        StatelessSession present = stateless;
        if (present == null) {
            present = StatelessBatches.over(
                    openStateless(implementor().statelessWithOptions().connection()),
                    mapping().contentTypes());
            stateless = present;
        }
        return present;
    }

    /** Hibernate 7.4 refuses a child with the tenant of its parent, where it means to refuse one with another. */
    private StatelessSession openStateless(SharedStatelessSessionBuilder child) {
        Route route = route();
        if (route == null) {
            return child.open();
        }
        try {
            return child.tenantIdentifier(route).open();
        } catch (SessionException e) {
            return child.tenantIdentifier(route.twin()).open();
        }
    }

    /** Returns the connection for the work: the outcome cannot be decided on it. */
    Connection jdbc() {
        flush();
        Connection present = guarded;
        if (present == null) {
            present = GuardedConnection.over(connection(), settings.timeout(), writes);
            guarded = present;
        }
        return present;
    }

    private Connection connection() {
        Connection taken = own;
        SessionImplementor present = session;
        if (taken == null && present != null) {
            return present.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
        }
        return taken != null ? taken : takeConnection();
    }

    private Connection takeConnection() {
        try {
            Connection taken = newConnection();
            own = taken;
            if (settings.mode() != Mode.READ) {
                takeTurn();
                taken.setAutoCommit(false);
                Transactions.prepare(taken, settings, backend.product());
            }
            return taken;
        } catch (SQLException e) {
            throw new JDBCConnectionException("could not begin a plain JDBC unit of work", e);
        }
    }

    private Connection newConnection() throws SQLException {
        Route route = route();
        if (route == null) {
            return backend.connection();
        }
        // Before there is a connection: building the mapping needs one too.
        Placeholders placeholders = Objects.requireNonNull(mapping().placeholders());
        return backend.connection(route, placeholders);
    }

    private void takeTurn() {
        WriterTurn turn = backend.writerTurn();
        if (turn != null && outer == null && !hasTurn) {
            hasTurn = turn.await();
        }
    }

    private void endTurn() {
        WriterTurn turn = backend.writerTurn();
        if (turn != null && hasTurn) {
            hasTurn = false;
            turn.end();
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
        for (SqlUnit unit = this; unit != null; unit = unit.outer) {
            unit.cachesDoubtful = true;
        }
        return new SqlUnit(
                backend,
                new UnitSettings(settings.mode(), null, remaining(), settings.scope()),
                this,
                SavepointConnection.over(connection()));
    }

    private @Nullable Duration remaining() {
        Duration timeout = settings.timeout();
        if (timeout == null) {
            return null;
        }
        long left = timeout.toNanos() - (System.nanoTime() - begun);
        return Duration.ofNanos(Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
    }

    // ---- the outcome

    @Override
    public void commit() throws SQLException {
        if (settings.mode() != Mode.WRITE) {
            refusePendingWrites();
        }
        SessionImplementor present = session;
        Transaction begun = transaction;
        if (present != null && begun != null) {
            commit(present, begun);
            return;
        }
        if (own != null && settings.mode() != Mode.READ) {
            own.commit();
        }
        ending.committed();
    }

    private void commit(SessionImplementor present, Transaction begun) {
        if (!present.isOpen() || isDecided(begun)) {
            refuseLateWrites(present, begun);
            return;
        }
        if (settings.mode() == Mode.WRITE && begun.getStatus() == TransactionStatus.ACTIVE) {
            // Before the commit, and not by it, so that the work's failure arrives as itself and not as a failed
            // commit.
            present.flush();
            present.getJdbcCoordinator().executeBatch();
        }
        if (begun.getStatus() == TransactionStatus.MARKED_ROLLBACK) {
            // Hibernate would roll back here and say nothing.
            throw new RollbackOnlyException(
                    backend.name(),
                    new IllegalStateException("the session had failed before and must not be used again"));
        }
        commitFlushed(present, begun);
    }

    /** Without the flush that Hibernate would do again, which compares all objects of the session once more. */
    private static void commitFlushed(SessionImplementor present, Transaction begun) {
        FlushMode before = present.getHibernateFlushMode();
        present.setHibernateFlushMode(FlushMode.MANUAL);
        try {
            begun.commit();
        } finally {
            if (present.isOpen()) {
                present.setHibernateFlushMode(before);
            }
        }
    }

    /** The work may end the transaction through the session's own means (A.81); that stands. */
    private static boolean isDecided(Transaction begun) {
        TransactionStatus status = begun.getStatus();
        return status == TransactionStatus.NOT_ACTIVE
                || status == TransactionStatus.COMMITTED
                || status == TransactionStatus.ROLLED_BACK;
    }

    private static void refuseLateWrites(SessionImplementor present, Transaction begun) {
        if (!isDecided(begun) || (present.isOpen() && present.isDirty())) {
            throw new IllegalStateException(
                    "The work ended its session or its transaction by itself, without a commit of"
                            + " what it changed; that has not been written");
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
        Transaction begun = transaction;
        if (present != null && begun != null) {
            if (present.isOpen() && begun.getStatus().canRollback()) {
                begun.rollback();
            }
        } else if (own != null && settings.mode() != Mode.READ) {
            own.rollback();
        }
    }

    @Override
    public void release() throws Exception {
        Failures failures = new Failures();
        if (writes.isConnectionChanged()) {
            if (outer == null) {
                failures.attempt(this::discardConnection);
            } else {
                outer.writes.noteConnectionChanged();
            }
        }
        StatelessSession bulk = stateless;
        if (bulk != null && bulk.isOpen()) {
            failures.attempt(bulk::close);
        }
        SessionImplementor present = session;
        if (present != null && present.isOpen()) {
            failures.attempt(present::close);
        }
        Connection taken = own;
        if (taken != null && outer == null) {
            // The pool resets what the unit changed, and rolls back what is left undecided.
            failures.attempt(() -> backend.giveBack(taken));
        }
        endTurn();
        LazyMapping.Use used = use;
        if (used != null) {
            if (cachesDoubtful) {
                failures.attempt(() -> SqlBackend.forgetCached(used.mapping()));
            }
            failures.attempt(used::close);
        }
        if (outer == null) {
            ending.finish();
        } else {
            ending.finishInside(outer.ending);
        }
        failures.throwIfAny();
    }

    UnitEnding ending() {
        return ending;
    }

    /** Returns what signals remember; empty at first. */
    FlushState flushState() {
        FlushState present = flushState;
        if (present == null) {
            present = new FlushState();
            flushState = present;
        }
        return present;
    }

    /** What the work has set on the connection must not meet the next unit. */
    private void discardConnection() {
        SessionImplementor present = session;
        if (own != null || (present != null && present.isOpen())) {
            backend.discard(connection());
        }
    }

    @Override
    public boolean hasWritten() {
        SessionImplementor present = session;
        Transaction begun = transaction;
        boolean decided = begun != null && isDecided(begun);
        return settings.mode() == Mode.WRITE
                && !decided
                && (writes.seen() || (present != null && present.isOpen() && present.isDirty()));
    }

    private static int seconds(Duration limit) {
        return (int) Math.min(Integer.MAX_VALUE, limit.plusNanos(999_999_999).toSeconds());
    }
}
