package dev.regista.solr;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.CloudSolrClient;
import org.apache.solr.client.solrj.request.AbstractUpdateRequest;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.params.UpdateParams;
import org.apache.solr.common.util.NamedList;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, each on a thread of its own. SolrJ's time limit ends with the head of an answer, and its client cannot be
 * told to give up: a thread can be interrupted, when the limit is over, when the caller is, or when this is closed.
 */
final class Requests implements AutoCloseable {
    private static final long KEEP_ALIVE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 5;

    /** What is sent. */
    private final ExecutorService senders;

    /** What SolrJ and the JDK's client do beside that. */
    private final ExecutorService helpers;

    private final SolrHttpClient http;
    private final SolrClient client;
    private final SolrTarget target;
    private final boolean alwaysCommit;

    private Requests(
            ExecutorService senders,
            ExecutorService helpers,
            SolrHttpClient http,
            SolrClient client,
            SolrSettings settings) {
        this.senders = senders;
        this.helpers = helpers;
        this.http = http;
        this.client = client;
        this.target = settings.target();
        this.alwaysCommit = settings.alwaysCommit();
    }

    static Requests open(String name, SolrSettings settings, Duration connectTimeout) throws IOException {
        ExecutorService helpers = threads("regista-solr-" + name + "-http-");
        SolrHttpClient http = SolrHttpClient.of(settings, connectTimeout, helpers);
        try {
            SolrClient client = settings.cloud() ? cloud(settings.target(), http) : http;
            return new Requests(threads("regista-solr-" + name + "-"), helpers, http, client, settings);
        } catch (Throwable t) {
            http.close();
            helpers.shutdownNow();
            throw t;
        }
    }

    private static SolrClient cloud(SolrTarget target, SolrHttpClient http) {
        return new CloudSolrClient.Builder(target.servers())
                .withHttpClient(http)
                .withDefaultCollection(target.core())
                .build();
    }

    /**
     * As many as there are requests. With SolrJ's own bound of four, the writers of bodies may fill it, and wait for ever
     * for the readers of theirs.
     */
    private static ExecutorService threads(String prefix) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws SolrServerException if there is none, after the limit at the latest
     */
    NamedList<Object> send(SolrRequest<?> request, @Nullable String collection, Duration limit)
            throws SolrServerException {
        if (alwaysCommit) {
            commit(request);
        }
        Future<NamedList<Object>> answer = submit(request, collection);
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new SolrServerException(
                    "no answer from " + target + " within " + limit.toMillis()
                            + " ms; what was asked for may be done all the same",
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new SolrServerException(
                    "interrupted while waiting for " + target + "; what was asked for may be done all the same", e);
        }
    }

    private Future<NamedList<Object>> submit(SolrRequest<?> request, @Nullable String collection)
            throws SolrServerException {
        try {
            return senders.submit(() -> client.request(request, collection));
        } catch (RejectedExecutionException e) {
            throw new SolrServerException("the client for " + target + " has been closed", e);
        }
    }

    private static void commit(SolrRequest<?> request) {
        if (request instanceof AbstractUpdateRequest update && !decides(update.getParams())) {
            update.setAction(AbstractUpdateRequest.ACTION.COMMIT, true, true);
        }
    }

    private static boolean decides(SolrParams params) {
        return Stream.of(UpdateParams.COMMIT, UpdateParams.OPTIMIZE, UpdateParams.ROLLBACK)
                .anyMatch(name -> params.get(name) != null);
    }

    /** The JDK's own failures often have no message. */
    private SolrServerException failure(Throwable failure) {
        if (failure instanceof Error error) {
            throw withCaller(error);
        }
        boolean isCutOff = senders.isShutdown();
        if (failure instanceof RuntimeException unchecked && !isCutOff) {
            throw withCaller(unchecked);
        }
        String reason = isCutOff ? "the client was closed meanwhile" : failure.toString();
        return new SolrServerException("request to " + target + " failed: " + reason, failure);
    }

    /** It was thrown on another thread: where it comes from is here. */
    private static <T extends Throwable> T withCaller(T failure) {
        StackTraceElement[] caller = new Throwable().getStackTrace();
        failure.setStackTrace(
                Stream.of(failure.getStackTrace(), caller).flatMap(Stream::of).toArray(StackTraceElement[]::new));
        return failure;
    }

    /** Cuts off what is under way. */
    @Override
    public void close() throws IOException {
        senders.shutdownNow();
        try {
            if (client != http) {
                client.close();
            }
            http.close();
        } finally {
            helpers.shutdown();
            await(senders);
            await(helpers);
        }
    }

    private static void await(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
