package dev.regista.neo4j;

import dev.regista.spi.Failures;
import dev.regista.spi.Mode;
import dev.regista.spi.Unit;
import dev.regista.spi.UnitSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;

/** A unit of work on a session of its own: one transaction, or, for reading, none. */
final class Neo4jUnit implements Unit<TransactionContext> {
    private final Neo4jBackend backend;
    private final Session driverSession;
    private final Mode mode;
    private @Nullable Transaction transaction;
    private @Nullable UnitQueries queries;

    private Neo4jUnit(Neo4jBackend backend, Mode mode) {
        this.backend = backend;
        this.mode = mode;
        this.driverSession = backend.session(mode);
    }

    static Neo4jUnit begin(Neo4jBackend backend, UnitSettings settings) {
        Neo4jUnit unit = new Neo4jUnit(backend, settings.mode());
        try {
            unit.begin(settings.timeout());
            return unit;
        } catch (Throwable t) {
            new Failures(t).attempt(unit::release);
            throw t;
        }
    }

    private void begin(@Nullable Duration timeout) {
        if (mode == Mode.READ) {
            queries = new Reading(backend, this, driverSession, timeout);
        } else {
            TransactionConfig config = config(timeout);
            Transaction begun = backend.take(this, () -> driverSession.beginTransaction(config));
            transaction = begun;
            queries = new Transacting(begun, mode == Mode.WRITE);
        }
    }

    /** Whether it has one connection from its beginning to its end; else, one only for as long as a result is open. */
    boolean keepsItsConnection() {
        return mode != Mode.READ;
    }

    /** The driver counts in milliseconds, and takes zero for no limit. */
    static TransactionConfig config(@Nullable Duration timeout) {
        return timeout == null
                ? TransactionConfig.empty()
                : TransactionConfig.builder()
                        .withTimeout(Duration.ofMillis(
                                Math.max(1, timeout.plusNanos(999_999).toMillis())))
                        .build();
    }

    @Override
    public TransactionContext session() {
        return Objects.requireNonNull(queries);
    }

    @Override
    public void commit() {
        Transaction begun = transaction;
        if (begun == null) {
            // Tells what went wrong in a result that nobody has read.
            driverSession.close();
            return;
        }
        try {
            begun.commit();
        } catch (Neo4jException e) {
            throw isOutcomeUnknown(e) ? new OutcomeUnknownException(backend.name(), e) : e;
        }
    }

    private boolean isOutcomeUnknown(Neo4jException failure) {
        return mode == Mode.WRITE
                && failure instanceof RetryableException
                && failure.code().equals(Neo4jBackend.NO_CODE);
    }

    @Override
    public void rollback() {
        Transaction begun = transaction;
        if (begun != null && begun.isOpen()) {
            begun.rollback();
        }
    }

    @Override
    public void release() throws Exception {
        Failures failures = new Failures();
        failures.attempt(driverSession::close);
        backend.giveBack(this);
        failures.throwIfAny();
    }

    @Override
    public boolean hasWritten() {
        return queries != null && queries.mayHaveWritten();
    }
}
