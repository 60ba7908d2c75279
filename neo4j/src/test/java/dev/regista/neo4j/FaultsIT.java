package dev.regista.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.regista.Connection;
import dev.regista.Database.Status;
import dev.regista.DatabaseDownException;
import dev.regista.OpenFailedException;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.neo4j.driver.Bookmark;
import org.neo4j.driver.BookmarkManager;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.TransientException;

/** Servers that go away, come back, hang, or never were there. */
class FaultsIT {
    private static TestGraph graph;

    @RegisterExtension
    final LeakChecker leaks = new LeakChecker();

    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        graph = new TestGraph();
    }

    @AfterAll
    static void stop() {
        graph.close();
    }

    private static Neo4jDatabaseBuilder at(String url) {
        return Neo4jDatabase.at(url)
                .user(graph.server().user())
                .password(graph.server().password())
                .pool(TestGraph.WITHOUT_LIMIT);
    }

    private static Neo4jDatabaseBuilder behind(FaultyServer proxy) {
        return at("bolt://" + proxy.host() + ":" + proxy.port());
    }

    private static FaultyServer proxy() {
        return FaultyServer.forwardingTo(graph.server().host(), graph.server().port());
    }

    private void write(TransactionContext tx) {
        tx.run("CREATE (:Fault {test: $id})", Map.of("id", id)).consume();
    }

    private int count(TransactionContext tx) {
        return tx.run("MATCH (f:Fault {test: $id}) RETURN count(f)", Map.of("id", id))
                .single()
                .get(0)
                .asInt();
    }

    // ---- away and back

    @Test
    void aServerThatDiesInTheMiddleOfAUnitIsUsedAgainWhenItIsBack() {
        try (Neo4jDatabase database = at(graph.server().url()).open("graph");
                Neo4jDatabase optional =
                        at(graph.server().url()).required(false).build("optional")) {
            assertThatThrownBy(() -> database.run(tx -> {
                        write(tx);
                        graph.server().kill();
                        write(tx);
                    }))
                    .isInstanceOf(ServiceUnavailableException.class);
            assertThatThrownBy(database::get).isInstanceOf(ServiceUnavailableException.class);
            assertThatThrownBy(database::verifyConnectivity).isInstanceOf(ServiceUnavailableException.class);
            assertThat(database.holders()).isEmpty();
            optional.connect();
            assertThatThrownBy(() -> optional.run(this::write)).isInstanceOf(DatabaseDownException.class);

            graph.server().start();

            assertThat(database.<Integer, RuntimeException>read(this::count)).isZero();
            database.run(this::write);
            await().until(optional::isOpen);
            assertThat(optional.<Integer, RuntimeException>read(this::count)).isOne();
            assertThat(database.holders()).isEmpty();
        } finally {
            graph.server().start();
        }
    }

    @Test
    void connectionsThatWereCutAreReplaced() {
        try (FaultyServer proxy = proxy();
                Neo4jDatabase database = behind(proxy).open("graph")) {
            assertThatThrownBy(() -> database.run(tx -> {
                        write(tx);
                        proxy.cut();
                        write(tx);
                    }))
                    .isInstanceOf(ServiceUnavailableException.class);
            // The driver notices a cut as soon as it is told; until then it hands out what is dead.
            await().until(() -> catchThrowable(() -> database.run(this::write)) == null);

            assertThat(database.<Integer, RuntimeException>read(this::count)).isOne();
            assertThat(database.holders()).isEmpty();
        }
    }

    @Test
    void aUnitWhoseConnectionIsCutIsRunAgainOnRequest() {
        try (FaultyServer proxy = proxy();
                Neo4jDatabase database = behind(proxy).open("graph")) {
            AtomicInteger attempts = new AtomicInteger();

            database.retrying(3).run(tx -> {
                write(tx);
                if (attempts.incrementAndGet() == 1) {
                    proxy.cut();
                    write(tx);
                }
            });

            assertThat(attempts).hasValueGreaterThan(1);
            assertThat(database.<Integer, RuntimeException>read(this::count)).isOne();
        }
    }

    @Test
    void aUnitWhoseConnectionIsLostWhileItCommitsIsNotRunAgain() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (FaultyServer proxy = proxy();
                Neo4jDatabase database = behind(proxy).open("graph")) {
            AtomicInteger attempts = new AtomicInteger();
            Future<Throwable> unit = thread.submit(() ->
                    catchThrowable(() -> database.retrying(3).run(tx -> {
                        attempts.incrementAndGet();
                        write(tx);
                        proxy.freeze();
                    })));
            await().until(() -> isCommitting(unit));
            proxy.cut();
            proxy.restore();

            assertThat(unit.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("'graph'")
                    .hasCauseInstanceOf(ServiceUnavailableException.class);
            assertThat(attempts).hasValue(1);
            assertThat(database.holders()).isEmpty();
        } finally {
            thread.shutdown();
            assertThat(thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Waits in the driver's commit, for an answer that does not come. */
    private static boolean isCommitting(Future<?> unit) {
        return unit.isDone()
                || Thread.getAllStackTraces().values().stream()
                        .anyMatch(stack -> Arrays.stream(stack)
                                .anyMatch(frame -> frame.getClassName().equals(Neo4jUnit.class.getName())
                                        && frame.getMethodName().equals("commit")));
    }

    // ---- not there

    @Test
    void aServerThatIsNotThereFailsTheOpening() {
        try (FaultyServer proxy = proxy()) {
            proxy.refuse();

            assertThatThrownBy(() -> behind(proxy).open("graph"))
                    .isInstanceOf(OpenFailedException.class)
                    .hasMessageContaining("'graph'")
                    .hasCauseInstanceOf(ServiceUnavailableException.class);
        }
    }

    @Test
    void aServerThatNeverAnswersFailsTheOpeningInTime() {
        try (FaultyServer silent = FaultyServer.silent()) {
            long begun = System.nanoTime();

            assertThatThrownBy(() -> behind(silent)
                            .connectTimeout(Duration.ofMillis(500))
                            .open("graph"))
                    .isInstanceOf(OpenFailedException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aServerThatHangsUpFailsTheOpening() {
        try (FaultyServer hangingUp = FaultyServer.hangingUp()) {
            assertThatThrownBy(() -> behind(hangingUp).open("graph"))
                    .isInstanceOf(OpenFailedException.class)
                    .hasCauseInstanceOf(ServiceUnavailableException.class);
        }
    }

    @Test
    void aDatabaseThatNeedNotBeUpRecoversByItself() {
        try (FaultyServer proxy = proxy()) {
            proxy.refuse();
            try (Neo4jDatabase database = behind(proxy).required(false).open("graph")) {
                assertThat(database.status()).isEqualTo(Status.DOWN);
                assertThatThrownBy(() -> database.run(this::write))
                        .isInstanceOf(DatabaseDownException.class)
                        .hasRootCauseInstanceOf(ConnectException.class);

                proxy.restore();
                await().until(database::isOpen);

                database.run(this::write);
            }
        }
    }

    @Test
    void aServerThatHangsFailsNewUnitsInTime() {
        PoolSettings hasty = PoolSettings.DEFAULT.withWaitLimit(Duration.ofMillis(500));
        try (FaultyServer proxy = proxy();
                Neo4jDatabase database = behind(proxy).pool(hasty).open("graph")) {
            try (Connection<TransactionContext> pooled = database.get()) {
                assertThat(pooled.isOpen()).isTrue();
                proxy.freeze();

                assertThatThrownBy(database::get)
                        .isInstanceOf(ClientException.class)
                        .hasMessageContaining("500");

                proxy.restore();
                write(pooled.session());
                pooled.commit();
            }
            assertThat(database.<Integer, RuntimeException>read(this::count)).isOne();
        }
    }

    @Test
    void closingDoesNotWaitForAServerThatHangs() {
        try (FaultyServer proxy = proxy()) {
            Neo4jDatabase database = behind(proxy).open("graph");
            Connection<TransactionContext> unit = database.get();
            write(unit.session());
            proxy.freeze();

            database.forceDisconnect();

            assertThat(database.status()).isEqualTo(Status.CLOSED);
            assertThat(catchThrowable(unit::close))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            failure -> assertThat(failure).isInstanceOf(Neo4jException.class));
        }
    }

    // ---- clusters

    @Test
    void aRoutingDriverFindsItsWay() {
        try (FaultyServer dead = proxy()) {
            dead.refuse();
            // A server that is no cluster sends the driver back to the first host that is named.
            String hosts = graph.server().host() + ":" + graph.server().port() + "," + dead.host() + ":" + dead.port();
            try (Neo4jDatabase database = at("neo4j://" + hosts + "/neo4j").open("graph")) {
                database.run(this::write);

                assertThat(database.<Integer, RuntimeException>read(this::count))
                        .isOne();
                assertThat(database.readOnly().<Integer, RuntimeException>call(this::count))
                        .isOne();
            }
        }
    }

    @Test
    void aUnitWaitsForWhatWasCommittedBeforeItAndForgetsWhatIsLost() {
        try (Neo4jDatabase database = at(graph.server().url()).open("graph")) {
            database.run(this::write);
            BookmarkManager bookmarks = ((DefaultNeo4jDatabase) database).live().bookmarks();
            assertThat(bookmarks.getBookmarks()).hasSize(1);
            // As after the server's data was set back to an earlier state.
            Bookmark ahead = ahead(bookmarks.getBookmarks().iterator().next());
            bookmarks.updateBookmarks(bookmarks.getBookmarks(), Set.of(ahead));

            assertThatThrownBy(() -> database.read(this::count))
                    .isInstanceOfSatisfying(
                            TransientException.class,
                            late -> assertThat(late.code()).contains("Bookmark"));

            assertThat(database.<Integer, RuntimeException>read(this::count)).isOne();
        }
    }

    /** Returns a bookmark of the same database, but of a transaction that is yet to come. */
    private static Bookmark ahead(Bookmark bookmark) {
        byte[] value = Base64.getDecoder().decode(bookmark.value().substring("FB:".length()));
        int uuidEnd = 3 + 16;
        ByteBuffer later = ByteBuffer.allocate(uuidEnd + 6);
        // PackStream: the number of the transaction as an int of 32 bits, and an empty list.
        later.put(value, 0, uuidEnd).put((byte) 0xCA).putInt(1_000_000_000).put((byte) 0x90);
        return Bookmark.from("FB:" + Base64.getEncoder().encodeToString(later.array()));
    }
}
