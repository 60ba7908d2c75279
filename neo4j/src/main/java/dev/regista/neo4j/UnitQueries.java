package dev.regista.neo4j;

import java.util.Map;
import org.neo4j.driver.Query;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/** What the work of a unit gets: runs queries, and can decide no outcome. */
abstract class UnitQueries implements TransactionContext {
    /** Whether there may have been a query that writes. */
    boolean mayHaveWritten() {
        return false;
    }

    @Override
    public final Result run(String query, Value parameters) {
        return run(new Query(query, parameters));
    }

    @Override
    public final Result run(String query, Map<String, Object> parameters) {
        return run(new Query(query, parameters));
    }

    @Override
    public final Result run(String query, Record parameters) {
        return run(new Query(query, parameters.asMap()));
    }

    @Override
    public final Result run(String query) {
        return run(new Query(query));
    }
}
