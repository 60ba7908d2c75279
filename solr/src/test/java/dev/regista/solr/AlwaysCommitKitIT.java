package dev.regista.solr;

import java.util.Set;

class AlwaysCommitKitIT extends SolrKit {
    AlwaysCommitKitIT() {
        super(SolrServer.shared());
    }

    @Override
    protected SolrDatabaseBuilder database() {
        return super.database().alwaysCommit(true);
    }

    @Override
    protected Set<Feature> lacks() {
        return Set.of(Feature.ISOLATION, Feature.ROLLBACK, Feature.SAVEPOINTS);
    }
}
