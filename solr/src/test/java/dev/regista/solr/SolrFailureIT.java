package dev.regista.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.Database.Status;
import dev.regista.DatabaseDownException;
import dev.regista.OpenFailedException;
import dev.regista.spi.UnitFailedException;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import java.io.InterruptedIOException;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.SolrQuery;
import org.apache.solr.common.SolrInputDocument;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that goes away or stops answering while units of work are under way. */
@ExtendWith(LeakChecker.class)
class SolrFailureIT {
    private static final SolrQuery ALL = new SolrQuery("*:*");

    private final SolrServer server = SolrServer.shared();
    private FaultyServer network;
    private SolrDatabase database;

    @BeforeEach
    void open() {
        server.clear();
        network = FaultyServer.forwardingTo(server.host(), server.port());
        database = open(builder(network.port()));
    }

    @AfterEach
    void close() {
        database.forceDisconnect();
        network.close();
    }

    private SolrDatabaseBuilder builder(int port) {
        return SolrDatabase.at("http://127.0.0.1:" + port + "/solr/products")
                .user(server.user())
                .password(server.password());
    }

    private static SolrDatabase open(SolrDatabaseBuilder builder) {
        SolrDatabase database = builder.build("search");
        database.connect();
        return database;
    }

    private void reopen(SolrDatabaseBuilder builder) {
        database.disconnect();
        database = open(builder);
    }

    private static SolrInputDocument document(String id) {
        return new SolrInputDocument("id", id);
    }

    private boolean exists(String id) throws SolrServerException {
        return database.read(session -> session.find(id).isPresent());
    }

    @Test
    void aServerThatIsKilledInTheMiddleOfAUnitAndComesBack() throws Exception {
        reopen(builder(server.port()));
        database.run(session -> session.add(document("before")));
        SolrDatabase other = builder(server.port()).required(false).build("other");
        try {
            Throwable failure = catchThrowable(() -> database.run(session -> {
                session.add(document("lost"));
                server.kill();
                assertThatThrownBy(() -> session.query(ALL)).isInstanceOf(SolrServerException.class);
            }));
            assertThat(failure)
                    .isInstanceOf(UnitFailedException.class)
                    .hasMessageContaining("'search'")
                    .hasCauseInstanceOf(SolrServerException.class);
            assertThatThrownBy(() -> exists("before")).isInstanceOf(SolrServerException.class);
            assertThat(database.holders()).isEmpty();
            assertThatThrownBy(builder(server.port()).build("late")::connect).isInstanceOf(OpenFailedException.class);
            other.connect();
            assertThat(other.status()).isEqualTo(Status.DOWN);
            assertThatThrownBy(other::client).isInstanceOf(DatabaseDownException.class);
        } finally {
            server.start();
        }
        assertThat(exists("before")).isTrue();
        assertThat(exists("lost")).isFalse();
        database.run(session -> session.add(document("after")));
        assertThat(exists("after")).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(other::isOpen);
        other.run(session -> session.add(document("other")));
        other.disconnect();
        assertThat(exists("other")).isTrue();
    }

    /** SolrJ writes a body on a thread of its own, into a pipe that nobody reads if there is no connection. */
    @Test
    void aLargeUnitThatCannotBeSentLeavesNoThreadBehind() {
        network.refuse();
        network.cut();
        for (int time = 0; time < 3; time++) {
            assertThatThrownBy(() -> database.run(session -> {
                        for (int i = 0; i < 2_000; i++) {
                            session.add(document("large-" + i));
                        }
                    }))
                    .isInstanceOf(UnitFailedException.class);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().values())
                        .flatExtracting(List::of)
                        .extracting(StackTraceElement::getClassName)
                        .doesNotContain(PipedOutputStream.class.getName()));
    }

    @Test
    void connectionsThatAreCutAreReplaced() throws SolrServerException {
        database.run(session -> session.add(document("a")));
        network.cut();
        // The first request after the cut may meet a connection that is dead already.
        Awaitility.await().ignoreExceptions().until(() -> exists("a"));
        network.refuse();
        network.cut();
        assertThatThrownBy(() -> database.run(session -> session.add(document("b"))))
                .isInstanceOf(UnitFailedException.class)
                .hasCauseInstanceOf(SolrServerException.class);
        network.restore();
        database.run(session -> session.add(document("c")));
        assertThat(exists("b")).isFalse();
        assertThat(exists("c")).isTrue();
    }

    @Test
    void anAnswerThatTakesTooLongIsGivenUp() throws SolrServerException {
        reopen(builder(network.port()).requestTimeout(Duration.ofMillis(300)));
        network.freeze();
        assertThatThrownBy(() -> exists("a"))
                .isInstanceOf(SolrServerException.class)
                .hasMessageContaining("within 300 ms");
        network.restore();
        database.run(session -> session.add(document("a")));
        assertThat(exists("a")).isTrue();
    }

    @Test
    void aTimeLimitHoldsForTheQueriesOfItsUnit() {
        network.freeze();
        assertThatThrownBy(() -> database.timeout(Duration.ofMillis(200)).read(session -> session.query(ALL)))
                .isInstanceOf(SolrServerException.class)
                .hasMessageContaining("no answer");
        network.restore();
    }

    @Test
    void aCommitIsNotBegunAfterTheTimeLimit() throws SolrServerException {
        long requests = server.count("/update.requests");
        Duration limit = Duration.ofMillis(20);
        assertThatThrownBy(() -> database.timeout(limit).run(session -> {
                    long begin = System.nanoTime();
                    session.add(document("late"));
                    Awaitility.await().until(() -> System.nanoTime() - begin > limit.toNanos());
                    assertThatThrownBy(() -> session.query(ALL)).hasMessageContaining("time limit");
                }))
                .isInstanceOf(UnitFailedException.class)
                .cause()
                .isInstanceOf(SolrServerException.class)
                .hasMessageContaining("nothing was sent");
        assertThat(server.count("/update.requests")).isEqualTo(requests);
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        network.freeze();
        CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            Throwable failure = catchThrowable(() -> exists("a"));
            outcome.complete(Thread.currentThread().isInterrupted() ? failure : null);
        });
        reader.start();
        Awaitility.await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        reader.interrupt();
        assertThat(outcome.get(30, TimeUnit.SECONDS))
                .isInstanceOf(SolrServerException.class)
                .hasMessageContaining("interrupted")
                .hasCauseInstanceOf(InterruptedException.class);
        network.restore();
    }

    @Test
    void aCommitIsNotBegunByAnInterruptedThread() {
        long requests = server.count("/update.requests");
        assertThatThrownBy(() -> database.run(session -> {
                    session.add(document("a"));
                    Thread.currentThread().interrupt();
                }))
                .isInstanceOf(UnitFailedException.class)
                .hasCauseInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.count("/update.requests")).isEqualTo(requests);
    }

    @Test
    void closingCutsOffWhatIsUnderWay() throws Exception {
        network.freeze();
        CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
        Thread reader = new Thread(() -> outcome.complete(catchThrowable(() -> exists("a"))));
        reader.start();
        Awaitility.await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
        assertThat(database.forceDisconnect()).isTrue();
        assertThat(outcome.get(5, TimeUnit.SECONDS))
                .isInstanceOf(SolrServerException.class)
                .hasMessageContaining("closed");
        network.restore();
    }
}
