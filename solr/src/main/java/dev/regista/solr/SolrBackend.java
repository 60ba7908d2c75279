package dev.regista.solr;

import dev.regista.spi.Backend;
import dev.regista.spi.Failures;
import dev.regista.spi.Unit;
import dev.regista.spi.UnitSettings;
import java.io.IOException;
import java.time.Duration;
import org.apache.solr.client.solrj.RemoteSolrException;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.schema.SchemaRequest;
import org.jspecify.annotations.Nullable;

/**
 * The shared client of an open database.
 *
 * @param key the unique key of the schema, if it has one
 */
record SolrBackend(
        String name,
        SolrSettings settings,
        Requests requests,
        SolrClient client,
        @Nullable String key) implements Backend<SolrSession> {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    static SolrBackend open(String name, SolrSettings settings, Duration connectTimeout) throws Exception {
        Requests requests = Requests.open(name, settings, connectTimeout);
        try {
            SolrClient client = new SharedClient(requests, settings.target().core(), settings::requestTimeout);
            return new SolrBackend(name, settings, requests, client, key(client, settings.target()));
        } catch (Throwable t) {
            Failures failures = new Failures(t);
            failures.attempt(requests::close);
            throw t;
        }
    }

    private static @Nullable String key(SolrClient client, SolrTarget target) throws SolrServerException, IOException {
        try {
            return new SchemaRequest.UniqueKey().process(client).getUniqueKey();
        } catch (RemoteSolrException e) {
            String reason = switch (e.code()) {
                case UNAUTHORIZED ->
                    target.user() == null
                            ? "the server asks for a user and a password"
                            : "the user '" + target.user() + "' or the password was refused";
                case FORBIDDEN -> "the user '" + target.user() + "' may not read the schema";
                case NOT_FOUND -> "there is no core or collection '" + target.core() + "'";
                default -> "the server failed";
            };
            throw new SolrServerException(reason + " at " + target + " (status " + e.code() + ")", e);
        }
    }

    boolean alwaysCommit() {
        return settings.alwaysCommit();
    }

    /** Returns the client with another limit, but no longer one than a request may have anyway. */
    SolrClient clientWithin(SharedClient.Limit limit) {
        return new SharedClient(requests, settings.target().core(), () -> {
            Duration left = limit.left();
            return left.compareTo(settings.requestTimeout()) < 0 ? left : settings.requestTimeout();
        });
    }

    @Override
    public Unit<SolrSession> begin(UnitSettings how) {
        if (how.isolation() != null) {
            throw new UnsupportedOperationException("isolation levels and snapshots: Solr has no transactions");
        }
        return new SolrUnit(this, how);
    }

    /** A version conflict: another unit was there first. */
    @Override
    public boolean isRetryable(Throwable failure) {
        return failure instanceof RemoteSolrException remote && remote.code() == CONFLICT;
    }

    @Override
    public void close() throws IOException {
        requests.close();
    }
}
