package dev.regista.examples.shop;

import dev.regista.Registry;
import dev.regista.config.RegistryLoader;
import dev.regista.neo4j.Neo4jDatabase;
import dev.regista.solr.SolrDatabase;
import dev.regista.sql.SqlDatabase;
import java.util.List;

/** The application: opens the databases of a configuration and works with them until it is closed. */
final class Shop implements AutoCloseable {
    final Registry registry;
    final OrderSearch search;
    final BoughtTogether boughtTogether;
    final Outbox outbox;
    final Orders orders;
    private final List<Courier> couriers;

    Shop(RegistryLoader configuration) {
        this.registry = configuration.open();
        SqlDatabase main = registry.main(SqlDatabase.class);
        this.search = new OrderSearch(registry.database("search", SolrDatabase.class));
        this.boughtTogether = new BoughtTogether(registry.database("graph", Neo4jDatabase.class));
        this.outbox = new Outbox(main, List.of(search, boughtTogether));
        this.orders = new Orders(main, outbox);
        // One each: that one follower is down does not keep the other waiting.
        this.couriers = List.of(Courier.start(outbox, search), Courier.start(outbox, boughtTogether));
    }

    /** Ends the couriers, and closes the databases. What is left in the outbox is delivered the next time. */
    @Override
    public void close() {
        couriers.forEach(Courier::close);
        registry.close();
    }
}
