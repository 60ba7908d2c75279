package dev.regista.solr;

import dev.regista.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.response.ResponseParser;
import org.apache.solr.common.util.NamedList;
import org.jspecify.annotations.Nullable;

/**
 * What SolrJ's client on the JDK's lacks: asks for the password anew for each request, and limits the reading of an answer,
 * where the JDK's time limit ends with its head and an interrupt is ignored before JDK 21.
 */
final class SolrHttpClient extends HttpJdkSolrClient {
    private static final long serialVersionUID = 1L;

    /** Its limit is for one message, ours for all that a request needs, and tells more. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final transient @Nullable String user;
    private final transient @Nullable Secret password;

    /** Of the answers that are being read. */
    private final transient Set<InputStream> bodies = ConcurrentHashMap.newKeySet();

    private SolrHttpClient(String server, Builder builder, SolrTarget target) {
        super(server, builder);
        this.user = target.user();
        this.password = target.password();
    }

    static SolrHttpClient of(SolrSettings settings, Duration connectTimeout, ExecutorService threads) {
        SolrTarget target = settings.target();
        Builder builder = new Builder()
                .withDefaultCollection(target.core())
                .withConnectionTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .withRequestTimeout(settings.requestTimeout().plus(SLACK).toMillis(), TimeUnit.MILLISECONDS)
                .withExecutor(threads)
                // Without TLS, SolrJ finds out by a request of its own, without a password, whether HTTP/2 would do.
                .useHttp1_1(!target.isEncrypted());
        return new SolrHttpClient(target.servers().get(0), builder, target);
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

    @Override
    protected NamedList<Object> processErrorsAndResponse(
            int status,
            String reason,
            String method,
            ResponseParser parser,
            InputStream body,
            String mimeType,
            String encoding,
            boolean isV2Api,
            String url)
            throws SolrServerException {
        CompletableFuture<Boolean> reading =
                new CompletableFuture<Boolean>().completeOnTimeout(false, requestTimeoutMillis, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> limit = reading.thenAccept(isRead -> {
            if (!isRead) {
                closeQuietly(body);
            }
        });
        bodies.add(body);
        if (httpClient == null) {
            // It was closed a moment ago, and looked too early.
            closeQuietly(body);
        }
        try {
            return super.processErrorsAndResponse(
                    status, reason, method, parser, body, mimeType, encoding, isV2Api, url);
        } finally {
            reading.complete(true);
            bodies.remove(body);
            limit.join();
        }
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Whoever reads from it has the failure.
        }
    }

    /** Ends what is being read first: from JDK 21 on, closing waits for that. */
    @Override
    public void close() throws IOException {
        bodies.forEach(SolrHttpClient::closeQuietly);
        super.close();
    }
}
