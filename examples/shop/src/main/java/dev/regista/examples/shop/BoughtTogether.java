package dev.regista.examples.shop;

import dev.regista.neo4j.Neo4jDatabase;
import java.util.List;
import java.util.Map;

/**
 * Knows what is bought together. The graph has orders and products rather than numbers, and numbers are counted when they
 * are asked for, so that an order that is merged twice counts once.
 */
final class BoughtTogether implements Follower {
    /** A product, and the number of orders that have it. */
    record Companion(String product, long orders) {}

    private final Neo4jDatabase graph;

    BoughtTogether(Neo4jDatabase graph) {
        this.graph = graph;
    }

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public void follow(List<Order> orders) {
        List<Map<String, Object>> rows = orders.stream()
                .map(order -> Map.<String, Object>of("id", order.id(), "products", List.copyOf(order.products())))
                .toList();
        // Two that merge the same products may deadlock, and one is told to try again.
        graph.retrying(5).run(tx -> tx.run("""
                UNWIND $orders AS order
                MERGE (o:Order {id: order.id})
                WITH o, order
                UNWIND order.products AS name
                MERGE (p:Product {name: name})
                MERGE (o)-[:HAS]->(p)
                """, Map.of("orders", rows)).consume());
    }

    /** Returns what is bought with a product, what is bought most first. */
    List<Companion> with(String product) {
        return graph.read(tx -> tx.run("""
                        MATCH (:Product {name: $product})<-[:HAS]-(o:Order)-[:HAS]->(other:Product)
                        RETURN other.name AS product, count(o) AS orders
                        ORDER BY orders DESC, product
                        """, Map.of("product", product)).list(row -> row.as(Companion.class)));
    }
}
