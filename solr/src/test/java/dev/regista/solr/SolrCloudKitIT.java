package dev.regista.solr;

import java.util.Set;

/** Over a client that knows the cluster, with two shards. */
class SolrCloudKitIT extends SolrKit {
    SolrCloudKitIT() {
        super(SolrServer.cloud());
    }

    @Override
    protected SolrDatabaseBuilder database() {
        return super.database().cloud(true);
    }

    @Override
    protected Set<Feature> lacks() {
        return Set.of(Feature.ISOLATION);
    }
}
