package dev.regista.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.regista.Connection;
import dev.regista.IncompatibleUnitException;
import dev.regista.NotOpenException;
import dev.regista.PoolExhaustedException;
import dev.regista.testing.LeakChecker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Values;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ResultConsumedException;
import org.neo4j.driver.exceptions.TransactionTerminatedException;
import org.slf4j.LoggerFactory;

class Neo4jDatabaseIT {
    private static final String ENDLESS = "UNWIND range(1, 1000000000000) AS i RETURN sum(i)";
    private static TestGraph graph;

    @RegisterExtension
    final LeakChecker leaks = new LeakChecker();

    private final String id = UUID.randomUUID().toString();

    record Person(String name, int born) {}

    @BeforeAll
    static void start() {
        graph = new TestGraph();
    }

    @AfterAll
    static void stop() {
        graph.close();
    }

    private static Neo4jDatabase open() {
        return graph.database().pool(TestGraph.WITHOUT_LIMIT).open("graph");
    }

    private void create(TransactionContext tx, String name) {
        tx.run("CREATE (:Person {test: $id, name: $name, born: 1815})", Map.of("id", id, "name", name));
    }

    private int count(TransactionContext tx) {
        return tx.run("MATCH (p:Person {test: $id}) RETURN count(p)", Map.of("id", id))
                .single()
                .get(0)
                .asInt();
    }

    // ---- queries and results

    @Test
    void recordsBecomeJavaRecords() {
        try (Neo4jDatabase database = open()) {
            database.run(tx -> create(tx, "Ada"));

            List<Person> people = database.read(
                    tx -> tx.run("MATCH (p:Person {test: $id}) RETURN p.name AS name, p.born AS born", Map.of("id", id))
                            .list(found -> found.as(Person.class)));
            Person ofNode = database.read(tx -> tx.run("MATCH (p:Person {test: $id}) RETURN p", Map.of("id", id))
                    .single()
                    .get("p")
                    .as(Person.class));

            assertThat(people).containsExactly(new Person("Ada", 1815));
            assertThat(ofNode).isEqualTo(people.get(0));
        }
    }

    @Test
    void parametersMayBeGivenInEachForm() {
        try (Neo4jDatabase database = open()) {
            List<Integer> ones = database.read(tx -> {
                Record parameters = tx.run("RETURN 1 AS x").single();
                return List.of(
                        tx.run("RETURN $x", Map.of("x", 1)).single().get(0).asInt(),
                        tx.run("RETURN $x", Values.parameters("x", 1))
                                .single()
                                .get(0)
                                .asInt(),
                        tx.run("RETURN $x", parameters).single().get(0).asInt());
            });

            assertThat(ones).containsExactly(1, 1, 1);
        }
    }

    @Test
    void aResultIsOfNoUseOutsideItsUnit() {
        try (Neo4jDatabase database = open()) {
            Result ofCall = database.call(tx -> tx.run("UNWIND range(1, 5000) AS i RETURN i"));
            Result ofRead = database.read(tx -> tx.run("UNWIND range(1, 5000) AS i RETURN i"));

            assertThatThrownBy(ofCall::list).isInstanceOf(ResultConsumedException.class);
            assertThatThrownBy(ofRead::list).isInstanceOf(ResultConsumedException.class);
        }
    }

    @Test
    void aUnitIsOfNoUseAfterItsEnd() {
        try (Neo4jDatabase database = open()) {
            TransactionContext ended = database.call(tx -> tx);

            assertThatThrownBy(() -> ended.run("RETURN 1")).isInstanceOf(ClientException.class);
        }
    }

    @Test
    void whatGoesWrongInAResultThatNobodyReadsFailsTheUnit() {
        try (Neo4jDatabase database = open()) {
            String wrong = "UNWIND range(10, 0, -1) AS i RETURN 1 / i";

            assertThatThrownBy(() -> database.run(tx -> {
                        create(tx, "Ada");
                        tx.run(wrong);
                    }))
                    .isInstanceOf(ClientException.class);
            assertThatThrownBy(() -> database.read(tx -> {
                        tx.run(wrong);
                        return true;
                    }))
                    .isInstanceOf(ClientException.class);
            assertThat(database.<Integer, RuntimeException>read(this::count)).isZero();
        }
    }

    @Test
    void aQueryWritesAllEvenIfNobodyReadsItsResult() {
        try (Neo4jDatabase database = open()) {
            database.run(
                    tx -> tx.run("UNWIND range(1, 5000) AS i CREATE (:Person {test: $id}) RETURN i", Map.of("id", id)));

            assertThat(database.<Integer, RuntimeException>read(this::count)).isEqualTo(5000);
        }
    }

    @Test
    void aFailureThatTheWorkSwallowsIsNotCommitted() {
        try (Neo4jDatabase database = open()) {
            assertThatThrownBy(() -> database.run(tx -> {
                        create(tx, "Ada");
                        assertThatThrownBy(() -> tx.run("RETURN 1 / 0").consume())
                                .isInstanceOf(ClientException.class);
                    }))
                    .isInstanceOf(TransactionTerminatedException.class)
                    .hasRootCauseMessage("/ by zero");
            assertThat(database.<Integer, RuntimeException>read(this::count)).isZero();
        }
    }

    // ---- modes

    @Test
    void aReadThatWritesIsRefusedWithTheServersReason() {
        try (Neo4jDatabase database = open()) {
            assertThatThrownBy(() -> database.read(tx -> {
                        create(tx, "Ada");
                        return true;
                    }))
                    .isInstanceOf(IncompatibleUnitException.class)
                    .hasCauseInstanceOf(ClientException.class);
            assertThatThrownBy(() -> database.readOnly().run(tx -> create(tx, "Ada")))
                    .isInstanceOf(ClientException.class);
            assertThat(database.<Integer, RuntimeException>read(this::count)).isZero();
        }
    }

    @Test
    void aReadHasNoTransactionBetweenItsQueries() {
        try (Neo4jDatabase database = open()) {
            int underWay = database.read(tx -> {
                tx.run("RETURN 1").consume();
                return graph.transactions();
            });
            int inTransaction = database.readOnly().call(tx -> graph.transactions());

            assertThat(underWay).isZero();
            assertThat(inTransaction).isOne();
        }
    }

    @Test
    void theDriverServesWhatNeedsASessionOfItsOwn() {
        try (Neo4jDatabase database = open()) {
            String batches = "UNWIND range(1, 10) AS i CALL (i) { CREATE (:Person {test: $id}) } IN TRANSACTIONS";

            assertThatThrownBy(() -> database.run(tx -> tx.run(batches, Map.of("id", id))))
                    .isInstanceOf(Neo4jException.class);
            try (Session session = database.driver().session()) {
                session.run(batches, Map.of("id", id)).consume();
            }

            assertThat(database.<Integer, RuntimeException>read(this::count)).isEqualTo(10);
        }
    }

    @Test
    void nothingIsServedBeforeItIsOpen() {
        Neo4jDatabase database = graph.database().build("graph");

        assertThatThrownBy(database::driver).isInstanceOf(NotOpenException.class);
        assertThatThrownBy(database::verifyConnectivity).isInstanceOf(NotOpenException.class);
    }

    // ---- time limits

    @Test
    void aUnitEndsAtItsTimeLimit() {
        try (Neo4jDatabase database = open()) {
            assertThatThrownBy(() -> database.timeout(Duration.ofMillis(200)).run(tx -> {
                        create(tx, "Ada");
                        tx.run(ENDLESS).consume();
                    }))
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            late -> assertThat(late.code()).contains("TransactionTimedOut"));
            assertThatThrownBy(() -> database.timeout(Duration.ofMillis(200))
                            .read(tx -> tx.run(ENDLESS).consume()))
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            late -> assertThat(late.code()).contains("TransactionTimedOut"));
            assertThat(database.<Integer, RuntimeException>read(this::count)).isZero();
        }
    }

    @Test
    void theTimeLimitOfAReadIsForAllOfItsQueries() {
        try (Neo4jDatabase database = open()) {
            AtomicInteger queries = new AtomicInteger();

            assertThatThrownBy(() -> database.timeout(Duration.ofMillis(300)).read(tx -> {
                        while (true) {
                            tx.run("RETURN 1").consume();
                            queries.incrementAndGet();
                        }
                    }))
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            late -> assertThat(late.code()).contains("TransactionTimedOut"));
            assertThat(queries).hasPositiveValue();
        }
    }

    // ---- many threads

    @Test
    void sixteenThreadsLoseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (Neo4jDatabase database = open()) {
            database.run(tx -> tx.run("CREATE (:Counter {test: $id, n: 0})", Map.of("id", id)));
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                futures.add(threads.submit(() -> {
                    for (int k = 0; k < 20; k++) {
                        database.retrying(10)
                                .run(tx -> tx.run(
                                        "MATCH (c:Counter {test: $id}) SET c.lock = true SET c.n = c.n + 1",
                                        Map.of("id", id)));
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get(30, TimeUnit.SECONDS);
            }
            int sum = database.read(tx -> tx.run("MATCH (c:Counter {test: $id}) RETURN c.n", Map.of("id", id))
                    .single()
                    .get(0)
                    .asInt());

            assertThat(sum).isEqualTo(16 * 20);
            assertThat(database.holders()).isEmpty();
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void unitsThatLockEachOtherOutAreRunAgainOnRequest() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Neo4jDatabase database = open()) {
            database.run(tx -> {
                create(tx, "Ada");
                create(tx, "Grace");
            });
            CyclicBarrier bothHaveOne = new CyclicBarrier(2);
            AtomicInteger attempts = new AtomicInteger();
            Future<?> one = threads.submit(() -> lockBoth(database, "Ada", "Grace", bothHaveOne, attempts));
            Future<?> other = threads.submit(() -> lockBoth(database, "Grace", "Ada", bothHaveOne, attempts));
            one.get(30, TimeUnit.SECONDS);
            other.get(30, TimeUnit.SECONDS);

            assertThat(attempts).as("two units, one of them twice").hasValue(3);
            int sum = database.read(tx -> tx.run("MATCH (p:Person {test: $id}) RETURN sum(p.touched)", Map.of("id", id))
                    .single()
                    .get(0)
                    .asInt());
            assertThat(sum).isEqualTo(4);
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Void lockBoth(
            Neo4jDatabase database, String first, String second, CyclicBarrier bothHaveOne, AtomicInteger attempts)
            throws Exception {
        boolean[] isAgain = new boolean[1];
        database.retrying(5).<Exception>run(tx -> {
            attempts.incrementAndGet();
            touch(tx, first);
            if (!isAgain[0]) {
                isAgain[0] = true;
                bothHaveOne.await(30, TimeUnit.SECONDS);
            }
            touch(tx, second);
        });
        return null;
    }

    private void touch(TransactionContext tx, String name) {
        tx.run(
                        "MATCH (p:Person {test: $id, name: $name}) SET p.touched = coalesce(p.touched, 0) + 1",
                        Map.of("id", id, "name", name))
                .consume();
    }

    // ---- the pool

    @Test
    void anExhaustedPoolSaysWhoHoldsIt() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        PoolSettings two = PoolSettings.ofSize(2).withWaitLimit(Duration.ofMillis(300));
        try (Neo4jDatabase database = graph.database().pool(two).open("graph")) {
            try (Connection<TransactionContext> ofAnother =
                            thread.submit(database::get).get(30, TimeUnit.SECONDS);
                    Connection<TransactionContext> own = database.get()) {
                assertThat(own.isOpen() && ofAnother.isOpen()).isTrue();
                assertThatThrownBy(database::get)
                        .isInstanceOfSatisfying(
                                PoolExhaustedException.class,
                                full -> assertThat(full.holders()).hasSize(2))
                        .hasMessageContaining("pool of 2")
                        .hasMessageContaining("300 ms");
                assertThatThrownBy(() -> database.requiresNew().read(tx -> tx.run("RETURN 1")))
                        .isInstanceOf(PoolExhaustedException.class);
            }
            database.run(tx -> create(tx, "Ada"));
        } finally {
            thread.shutdown();
            assertThat(thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aThreadThatWaitsForItselfIsToldAtOnce() {
        PoolSettings one = PoolSettings.ofSize(1).withWaitLimit(Duration.ZERO);
        try (Neo4jDatabase database = graph.database().pool(one).open("graph")) {
            database.run(outer -> assertThatThrownBy(
                            () -> database.requiresNew().run(inner -> create(inner, "Ada")))
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageContaining("within 0 ms"));
            assertThat(database.<Integer, RuntimeException>read(this::count)).isZero();
        }
    }

    @Test
    void aReadKeepsNoConnectionThatAnotherUnitCouldWaitFor() {
        PoolSettings one = PoolSettings.ofSize(1).withWaitLimit(Duration.ZERO);
        try (Neo4jDatabase database = graph.database().pool(one).open("graph")) {
            int seen = database.read(outer -> {
                assertThat(count(outer)).isZero();
                database.requiresNew().run(inner -> create(inner, "Ada"));
                return count(outer);
            });

            assertThat(seen).isOne();
        }
    }

    @Test
    void moreThanTheDriverLetsWaitAreToldAtOnce() throws Exception {
        int many = 120;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        PoolSettings one = PoolSettings.ofSize(1).withWaitLimit(Duration.ZERO);
        try (Neo4jDatabase database = graph.database().pool(one).open("graph")) {
            List<Future<Throwable>> units = new ArrayList<>();
            try (Connection<TransactionContext> only = database.get()) {
                assertThat(only.isOpen()).isTrue();
                for (int i = 0; i < many; i++) {
                    units.add(threads.submit(() -> catchThrowable(() -> database.run(tx -> create(tx, "Ada")))));
                }
                await().until(() -> units.stream().filter(Future::isDone).count() == many - 100);
            }
            int refused = 0;
            for (Future<Throwable> unit : units) {
                Throwable failure = unit.get(30, TimeUnit.SECONDS);
                if (failure != null) {
                    assertThat(failure).isInstanceOf(PoolExhaustedException.class);
                    refused++;
                }
            }

            assertThat(refused).isEqualTo(many - 100);
            assertThat(database.<Integer, RuntimeException>read(this::count)).isEqualTo(100);
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    // ---- the explicit form

    @Test
    void onlyLostWritesAreWorthAWarning() {
        Logger logger = (Logger) LoggerFactory.getLogger(Connection.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (Neo4jDatabase database = open()) {
            try (Connection<TransactionContext> reading = database.get()) {
                assertThat(count(reading.session())).isZero();
            }
            assertThat(log.list).isEmpty();
            try (Connection<TransactionContext> writing = database.get()) {
                create(writing.session(), "Ada");
            }
            assertThat(log.list).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.WARN);
                assertThat(event.getFormattedMessage()).contains("'graph'").contains("rolled back");
            });
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void connectivityIsVerifiedOnDemand() {
        try (Neo4jDatabase database = open()) {
            assertThat(catchThrowable(database::verifyConnectivity)).isNull();
        }
    }
}
