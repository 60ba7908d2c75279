package dev.regista.examples.shop;

import dev.regista.config.Regista;
import dev.regista.config.RegistryLoader;
import dev.regista.solr.SolrServer;
import dev.regista.testing.neo4j.Neo4jServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A Solr and a Neo4j server that can be stopped and started again, one of each per JVM. */
final class Servers {
    private static final Servers INSTANCE = new Servers();

    final SolrServer solr;
    final Neo4jServer neo4j;

    private Servers() {
        CompletableFuture<Neo4jServer> starting = CompletableFuture.supplyAsync(Neo4jServer::shared);
        this.solr = SolrServer.shared();
        solr.addCore("orders", schema());
        this.neo4j = starting.join();
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
        environment.put("GRAPH_URL", neo4j.url());
        environment.put("GRAPH_USER", neo4j.user());
        environment.put("GRAPH_PASSWORD", neo4j.password());
        return Regista.loadResource("regista.yaml").environment(environment);
    }

    void stop() {
        solr.kill();
        neo4j.kill();
    }

    void start() {
        CompletableFuture<Void> starting = CompletableFuture.runAsync(neo4j::start);
        solr.start();
        starting.join();
    }
}
