package dev.regista.solr;

import java.util.Set;

class SolrKitIT extends SolrKit {
    SolrKitIT() {
        super(SolrServer.shared());
    }

    @Override
    protected Set<Feature> lacks() {
        return Set.of(Feature.ISOLATION);
    }
}
