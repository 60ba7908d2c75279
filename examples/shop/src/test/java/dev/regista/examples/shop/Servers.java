package dev.regista.examples.shop;

import dev.regista.config.Regista;
import dev.regista.config.RegistryLoader;
import dev.regista.neo4j.Neo4jDatabase;
import dev.regista.neo4j.PoolSettings;
import dev.regista.solr.SolrDatabase;
import dev.regista.solr.SolrServer;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.neo4j.Neo4jServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.solr.client.solrj.SolrServerException;

/** A Solr and a Neo4j server that can be away for a while, one of each per JVM. */
final class Servers {
    private static final Servers INSTANCE = new Servers();

    final SolrServer solr;
    private final Neo4jServer neo4j;
    /** Between the shop and Neo4j: to refuse connections takes less time than to start it again. */
    private final FaultyServer way;

    private Servers() {
        CompletableFuture<Neo4jServer> starting = CompletableFuture.supplyAsync(Neo4jServer::shared);
        this.solr = SolrServer.shared();
        solr.addCore("orders", schema());
        this.neo4j = starting.join();
        this.way = FaultyServer.forwardingTo(neo4j.host(), neo4j.port());
    }

    static Servers running() {
        return INSTANCE;
    }

    private static String schema() {
        try (InputStream in = Objects.requireNonNull(Shop.class.getResourceAsStream("/solr/schema.xml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shop's configuration, with these servers and an SQL database. */
    RegistryLoader configuration(String url, String user, String password) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SHOP_URL", url);
        environment.put("SHOP_USER", user);
        environment.put("SHOP_PASSWORD", password);
        environment.put("SEARCH_URL", solr.url("orders"));
        environment.put("SEARCH_USER", solr.user());
        environment.put("SEARCH_PASSWORD", solr.password());
        environment.put("GRAPH_URL", "bolt://" + way.host() + ":" + way.port());
        environment.put("GRAPH_USER", neo4j.user());
        environment.put("GRAPH_PASSWORD", neo4j.password());
        return Regista.loadResource("regista.yaml")
                .environment(environment)
                // A limit would leave a thread of the driver behind for a while.
                .property("regista.databases.graph.pool.wait-limit", "0");
    }

    /** Kills Solr, and makes Neo4j refuse connections. */
    void stop() {
        solr.kill();
        refuseNeo4j();
    }

    void refuseNeo4j() {
        way.refuse();
        way.cut();
    }

    /** Ends what {@link #stop()} has begun. */
    void start() {
        solr.start();
        way.restore();
    }

    /** Deletes what the followers have. */
    void empty() throws SolrServerException {
        try (SolrDatabase search = SolrDatabase.at(solr.url("orders"))
                        .user(solr.user())
                        .password(solr.password())
                        .build("search");
                Neo4jDatabase graph = Neo4jDatabase.at(neo4j.url())
                        .user(neo4j.user())
                        .password(neo4j.password())
                        .pool(PoolSettings.ofSize(1).withWaitLimit(Duration.ZERO))
                        .build("graph")) {
            search.connect();
            search.run(session -> session.deleteByQuery("*:*"));
            graph.connect();
            graph.run(tx -> tx.run("MATCH (n) DETACH DELETE n"));
        }
    }
}
