package dev.regista.solr;

import dev.regista.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.jspecify.annotations.Nullable;

/** Asks for the password anew for each request, where SolrJ's own client has one for its life. */
final class PasswordClient extends HttpJdkSolrClient {
    private static final long serialVersionUID = 1L;

    /** Its limit is for one message, ours for all that a request needs, and tells more. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final transient @Nullable String user;
    private final transient @Nullable Secret password;

    private PasswordClient(String server, Builder builder, SolrTarget target) {
        super(server, builder);
        this.user = target.user();
        this.password = target.password();
    }

    static PasswordClient of(SolrSettings settings, Duration connectTimeout, ExecutorService threads) {
        SolrTarget target = settings.target();
        Builder builder = new Builder()
                .withDefaultCollection(target.core())
                .withConnectionTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .withRequestTimeout(settings.requestTimeout().plus(SLACK).toMillis(), TimeUnit.MILLISECONDS)
                .withExecutor(threads)
                // Without TLS, SolrJ finds out by a request of its own, without a password, whether HTTP/2 would do.
                .useHttp1_1(!target.isEncrypted());
        return new PasswordClient(target.servers().get(0), builder, target);
    }

    @Override
    protected PreparedRequest prepareRequest(
            SolrRequest<?> request, @Nullable String collection, @Nullable String overrideBaseUrl)
            throws SolrServerException, IOException {
        Secret secret = password;
        if (secret == null || request.getBasicAuthUser() != null) {
            return super.prepareRequest(request, collection, overrideBaseUrl);
        }
        request.setBasicAuthCredentials(user, secret.reveal());
        try {
            return super.prepareRequest(request, collection, overrideBaseUrl);
        } finally {
            // The request is the caller's, who may send it again when the password is another.
            request.setBasicAuthCredentials(null, null);
        }
    }
}
