package dev.regista.examples.shop;

import dev.regista.callback.Hook;
import dev.regista.neo4j.Neo4jDatabase;

/** Makes sure, whenever the graph is opened, that two workers cannot merge one node into two. */
public final class UniqueNodes implements Hook<Neo4jDatabase> {
    /** For the configuration. */
    public UniqueNodes() {}

    @Override
    public void run(Neo4jDatabase graph) {
        graph.run(tx -> {
            tx.run("CREATE CONSTRAINT order_id IF NOT EXISTS FOR (o:Order) REQUIRE o.id IS UNIQUE");
            tx.run("CREATE CONSTRAINT product_name IF NOT EXISTS FOR (p:Product) REQUIRE p.name IS UNIQUE");
        });
    }
}
