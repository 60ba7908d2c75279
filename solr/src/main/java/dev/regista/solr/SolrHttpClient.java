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

    private final transient SolrSettings settings;
    private final transient Duration connectTimeout;

    /** Of the answers that are being read. */
    private final transient Set<InputStream> bodies = ConcurrentHashMap.newKeySet();

    private SolrHttpClient(@Nullable String server, SettingsBuilder builder) {
        super(server, builder);
        this.settings = builder.settings;
        this.connectTimeout = builder.connectTimeout;
    }

    static SolrHttpClient of(SolrSettings settings, Duration connectTimeout, ExecutorService threads) {
        SettingsBuilder builder = new SettingsBuilder(settings, connectTimeout, threads);
        builder.withBaseSolrUrl(settings.target().servers().get(0));
        builder.withDefaultCollection(settings.target().core());
        return builder.build();
    }

    private static final class SettingsBuilder extends Builder {
        private final SolrSettings settings;
        private final Duration connectTimeout;

        SettingsBuilder(SolrSettings settings, Duration connectTimeout, ExecutorService threads) {
            this.settings = settings;
            this.connectTimeout = connectTimeout;
            withConnectionTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
            withRequestTimeout(settings.requestTimeout().plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
            withExecutor(threads);
            withRequestWriter(new WholeBodies());
            // Without TLS, SolrJ finds out by a request of its own, without a password, whether HTTP/2 would do.
            useHttp1_1(!settings.target().isEncrypted());
        }

        @Override
        public SolrHttpClient build() {
            return new SolrHttpClient(baseSolrUrl, this);
        }
    }

    /** SolrJ makes clients of it that ask single nodes for the state of a SolrCloud: with the same password and limits. */
    @Override
    public Builder builder() {
        return new SettingsBuilder(settings, connectTimeout, executor);
    }

    @Override
    protected PreparedRequest prepareRequest(
            SolrRequest<?> request, @Nullable String collection, @Nullable String overrideBaseUrl)
            throws SolrServerException, IOException {
        Secret secret = settings.target().password();
        if (secret == null || request.getBasicAuthUser() != null) {
            return super.prepareRequest(request, collection, overrideBaseUrl);
        }
        request.setBasicAuthCredentials(settings.target().user(), secret.reveal());
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
