package dev.regista.neo4j;

import dev.regista.Database;
import dev.regista.testing.DatabaseKit;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.neo4j.driver.TransactionContext;

class Neo4jKitIT extends DatabaseKit<TransactionContext> {
    private static TestGraph graph;

    /** Of this test, among those of others. */
    private final String test = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        graph = new TestGraph();
    }

    @AfterAll
    static void stop() {
        graph.close();
    }

    @Override
    protected Neo4jDatabaseBuilder database() {
        return graph.database().pool(PoolSettings.ofSize(12).withWaitLimit(Duration.ZERO));
    }

    @Override
    protected void write(TransactionContext session, String key) {
        session.run("CREATE (:Kit {test: $test, key: $key})", Map.of("test", test, "key", key));
    }

    @Override
    protected boolean exists(TransactionContext session, String key) {
        return session.run(
                                "MATCH (k:Kit {test: $test, key: $key}) RETURN count(k) AS count",
                                Map.of("test", test, "key", key))
                        .single()
                        .get("count")
                        .asInt()
                > 0;
    }

    @Override
    protected int held(Database<TransactionContext> database) {
        return graph.transactions();
    }

    @Override
    protected Set<String> secrets() {
        return Set.of(graph.server().password());
    }

    @Override
    protected Set<Feature> lacks() {
        return EnumSet.of(Feature.SAVEPOINTS, Feature.ISOLATION);
    }
}
