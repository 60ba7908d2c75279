package dev.regista.neo4j;

import dev.regista.testing.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.Map;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/** The test server, with a driver beside Regista to look into it. */
final class TestGraph implements AutoCloseable {
    /**
     * The driver keeps a thread for each of its limits until the limit is over, whatever has become of it; tests that look
     * for leaked threads use no limit.
     */
    static final PoolSettings WITHOUT_LIMIT = PoolSettings.DEFAULT.withWaitLimit(Duration.ZERO);

    private final Neo4jServer server = Neo4jServer.shared();
    private final Driver driver = GraphDatabase.driver(
            server.url(),
            AuthTokens.basic(server.user(), server.password()),
            Config.builder().withEventLoopThreads(1).build());

    /** Starts the server, and all threads of the driver. */
    TestGraph() {
        driver.verifyConnectivity();
    }

    Neo4jServer server() {
        return server;
    }

    Neo4jDatabaseBuilder database() {
        return Neo4jDatabase.at(server.url()).user(server.user()).password(server.password());
    }

    Record ask(String query, Map<String, Object> parameters) {
        try (Session session = driver.session()) {
            return session.run(query, parameters).single();
        }
    }

    void tell(String query, Map<String, Object> parameters) {
        try (Session session = driver.session()) {
            session.run(query, parameters).consume();
        }
    }

    /** Returns how many transactions of others are under way on the server. */
    int transactions() {
        return ask(
                        "SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW TRANSACTIONS'"
                                + " RETURN count(*) AS count",
                        Map.of())
                .get("count")
                .asInt();
    }

    @Override
    public void close() {
        driver.close();
    }
}
