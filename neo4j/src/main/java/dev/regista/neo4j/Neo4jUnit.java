package dev.regista.neo4j;

import dev.regista.spi.Failures;
import dev.regista.spi.Mode;
import dev.regista.spi.Unit;
import dev.regista.spi.UnitSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;

/** A unit of work on a session of its own: one transaction, or, for reading, none. */
final class Neo4jUnit implements Unit<TransactionContext> {
    private static final String NO_CODE = "N/A";

    private final Neo4jBackend backend;
    private final Session driverSession;
    private @Nullable Transaction transaction;
    private @Nullable UnitQueries queries;

    private Neo4jUnit(Neo4jBackend backend, Session driverSession) {
        this.backend = backend;
        this.driverSession = driverSession;
    }

    static Neo4jUnit begin(Neo4jBackend backend, UnitSettings settings) {
        Neo4jUnit unit = new Neo4jUnit(backend, backend.session(settings.mode()));
        try {
            backend.take(unit);
            unit.begin(settings);
            return unit;
        } catch (Throwable t) {
            new Failures(t).attempt(unit::release);
            throw t;
        }
    }

    private void begin(UnitSettings settings) {
        if (settings.mode() == Mode.READ) {
            queries = new Reading(backend, driverSession, settings.timeout());
        } else {
            TransactionConfig config = config(settings.timeout());
            Transaction begun = backend.connected(() -> driverSession.beginTransaction(config));
            transaction = begun;
            queries = new Transacting(begun, settings.mode() == Mode.WRITE);
        }
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
        return java.util.Objects.requireNonNull(queries);
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

    /** What the server has refused has a code of the server. */
    private static boolean isOutcomeUnknown(Neo4jException failure) {
        return failure instanceof RetryableException && failure.code().equals(NO_CODE);
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
