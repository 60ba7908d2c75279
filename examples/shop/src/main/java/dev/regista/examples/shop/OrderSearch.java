package dev.regista.examples.shop;

import dev.regista.solr.SolrDatabase;
import java.util.List;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.SolrQuery;

/** Finds orders by words. The id of a document is that of its order, so that indexing one twice leaves one. */
final class OrderSearch implements Follower {
    private final SolrDatabase search;

    OrderSearch(SolrDatabase search) {
        this.search = search;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public void follow(List<Order> orders) throws SolrServerException {
        search.run(session ->
                session.addBeans(orders.stream().map(OrderDocument::of).toList()));
    }

    /** Returns the ten orders that fit best. */
    List<OrderDocument> find(String words) throws SolrServerException {
        SolrQuery query = new SolrQuery(words);
        query.set("defType", "edismax");
        query.set("qf", "customer products");
        return search.read(session -> session.query(query, OrderDocument.class));
    }
}
