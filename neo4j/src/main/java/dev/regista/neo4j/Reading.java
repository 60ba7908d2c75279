package dev.regista.neo4j;

import dev.regista.IncompatibleUnitException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Query;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;

/** Runs queries that read, each in a transaction of its own. */
final class Reading extends UnitQueries {
    private static final String WRITES = "Neo.ClientError.Statement.AccessMode";
    private static final String TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration";

    private final Neo4jBackend backend;
    private final Neo4jUnit unit;
    private final Session session;
    private final @Nullable Duration limit;
    private final long begun = System.nanoTime();

    Reading(Neo4jBackend backend, Neo4jUnit unit, Session session, @Nullable Duration limit) {
        this.backend = backend;
        this.unit = unit;
        this.session = session;
        this.limit = limit;
    }

    @Override
    public Result run(Query query) {
        Duration left = left();
        try {
            return backend.take(unit, () -> session.run(query, Neo4jUnit.config(left)));
        } catch (ClientException e) {
            if (!WRITES.equals(e.code())) {
                throw e;
            }
            IncompatibleUnitException refusal = new IncompatibleUnitException(
                    backend.name(), "a unit that only reads ran a query that writes, which the server has refused");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private @Nullable Duration left() {
        if (limit == null) {
            return null;
        }
        Duration left = limit.minusNanos(System.nanoTime() - begun);
        if (left.isZero() || left.isNegative()) {
            // What the server says of a transaction that is over its limit.
            throw new ClientException(TIMED_OUT, "the time limit of the read is over");
        }
        return left;
    }
}
