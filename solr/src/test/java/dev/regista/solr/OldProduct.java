package dev.regista.solr;

import java.util.List;
import org.apache.solr.client.solrj.beans.Field;

/** A product as SolrJ has always bound them. */
public class OldProduct {
    @Field
    private String id;

    @Field
    private String name;

    @Field
    private List<String> tags;

    public OldProduct() {}

    OldProduct(String id, String name, List<String> tags) {
        this.id = id;
        this.name = name;
        this.tags = tags;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    List<String> tags() {
        return tags;
    }
}
