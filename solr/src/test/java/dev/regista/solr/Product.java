package dev.regista.solr;

import java.time.Instant;
import java.util.List;
import org.apache.solr.client.solrj.beans.Field;

/** A product as a record. */
record Product(
        String id,
        String name,
        double price,
        @Field("stock") int inStock,
        Long sold,
        boolean hidden,
        Instant added,
        List<String> tags) {
    static Product of(String id, String name) {
        return new Product(id, name, 2.5, 3, null, false, null, List.of());
    }
}
