package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Registry;
import dev.regista.Secret;
import dev.regista.config.Regista;
import dev.regista.neo4j.Neo4jDatabase;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.neo4j.Neo4jServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Session;

/** The code of the guide to Neo4j databases. */
class Neo4jIT {
    private final Neo4jServer server = Neo4jServer.shared();
    private final String url = server.url();
    private final String password = server.password();

    @TempDir
    Path secrets;

    // tag::person[]
    record Person(String name, int born) {}
    // end::person[]

    private Neo4jDatabase open() {
        return Neo4jDatabase.at(url).user("neo4j").password(password).open("graph");
    }

    @AfterEach
    void clear() {
        try (Neo4jDatabase graph = open()) {
            graph.run(tx -> tx.run("MATCH (p:Person) DELETE p"));
        }
    }

    @Test
    void aGraphIsBesideTheShop() {
        // tag::open[]
        try (Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop"))
                .extra("graph", Neo4jDatabase.at(url).user("neo4j").password(password))
                .open()) {
            Neo4jDatabase graph = registry.database("graph", Neo4jDatabase.class);
            graph.verifyConnectivity();
            // end::open[]
            assertThat(graph.isOpen()).isTrue();
            // tag::open[]
        }
        // end::open[]
    }

    @Test
    void recordsBecomeRecords() {
        try (Neo4jDatabase graph = open()) {
            // tag::units[]
            graph.run(tx -> tx.run("CREATE (:Person {name: $name, born: $born})", Map.of("name", "Ada", "born", 1815)));

            List<Person> people = graph.read(tx -> tx.run("MATCH (p:Person) RETURN p.name AS name, p.born AS born")
                    .list(found -> found.as(Person.class)));
            // end::units[]
            assertThat(people).containsExactly(new Person("Ada", 1815));
        }
    }

    @Test
    void batchesHaveASessionOfTheirOwn() {
        try (Neo4jDatabase graph = open()) {
            // tag::driver[]
            try (Session session = graph.driver().session()) {
                session.run("UNWIND range(1, 10000) AS i CALL (i) { CREATE (:Person {born: i}) } IN TRANSACTIONS")
                        .consume();
            }
            // end::driver[]
            int people = graph.read(tx ->
                    tx.run("MATCH (p:Person) RETURN count(p)").single().get(0).asInt());
            assertThat(people).isEqualTo(10_000);
        }
    }

    @Test
    void retriesAreAskedFor() {
        try (Neo4jDatabase graph = open()) {
            // tag::retry[]
            graph.retrying(3).run(tx -> tx.run("MERGE (p:Person {name: 'Ada'}) SET p.born = 1815"));
            // end::retry[]
            assertThat(graph.holders()).isEmpty();
        }
    }

    @Test
    void thePasswordIsInAFile() throws IOException {
        Path passwordFile = Files.writeString(secrets.resolve("password"), password);
        // tag::rotation[]
        Neo4jDatabase graph = Neo4jDatabase.at(url)
                .user("neo4j")
                .password(Secret.from(() -> contentOf(passwordFile)))
                .build("graph");
        // end::rotation[]
        try (graph) {
            graph.connect();
            assertThat(graph.toString()).doesNotContain(password);
        }
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSameFromAFile() {
        Path file = Path.of("src/test/resources/neo4j.yaml");
        Map<String, String> environment =
                Map.of("GRAPH_HOST", server.host(), "GRAPH_PORT", String.valueOf(server.port()));
        // tag::yaml[]
        try (Registry registry = Regista.load(file)
                .environment(environment)
                .provide("graph-password", Secret.of(password))
                .open()) {
            Neo4jDatabase graph = registry.main(Neo4jDatabase.class);
            graph.run(tx -> tx.run("CREATE (:Person {name: 'Ada'})"));
            // end::yaml[]
            assertThat(graph.databaseName()).hasValue("neo4j");
            assertThat(graph.url()).isEqualTo("bolt://" + server.host() + ":" + server.port() + "/neo4j");
            // tag::yaml[]
        }
        // end::yaml[]
    }
}
