package dev.regista.solr;

import dev.regista.testing.DatabaseKit;
import java.util.Set;
import org.apache.solr.common.SolrInputDocument;

/** How Solr takes part in the kit. */
abstract class SolrKit extends DatabaseKit<SolrSession> {
    private final SolrServer server;

    SolrKit(SolrServer server) {
        this.server = server;
    }

    @Override
    protected SolrDatabaseBuilder database() {
        server.clear();
        return SolrDatabase.at(server.url()).user(server.user()).password(server.password());
    }

    @Override
    protected Set<String> secrets() {
        return Set.of(server.password());
    }

    @Override
    protected void write(SolrSession session, String key) throws Exception {
        session.add(new SolrInputDocument("id", key));
    }

    @Override
    protected boolean exists(SolrSession session, String key) throws Exception {
        return session.find(key).isPresent();
    }
}
