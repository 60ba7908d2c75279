package dev.regista.solr;

import java.time.Duration;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.util.NamedList;
import org.jspecify.annotations.Nullable;

/** The client as others get it: not theirs to close. */
final class SharedClient extends SolrClient {
    private static final long serialVersionUID = 1L;

    private final transient Requests requests;
    private final transient Limit limit;

    /** How long a request may take. */
    @FunctionalInterface
    interface Limit {
        /** Throws if it is too late to send one. */
        Duration left() throws SolrServerException;
    }

    SharedClient(Requests requests, String core, Limit limit) {
        this.requests = requests;
        this.limit = limit;
        this.defaultCollection = core;
    }

    @Override
    public NamedList<Object> request(SolrRequest<?> request, @Nullable String collection) throws SolrServerException {
        return requests.send(request, collection, limit.left());
    }

    /** Does nothing. */
    @Override
    public void close() {}
}
