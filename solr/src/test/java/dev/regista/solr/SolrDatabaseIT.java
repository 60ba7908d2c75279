package dev.regista.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.IncompatibleUnitException;
import dev.regista.NotSupportedException;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.solr.client.solrj.RemoteSolrException;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.SolrQuery;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Units of work on a core. */
@ExtendWith(LeakChecker.class)
class SolrDatabaseIT {
    private static final int THREADS = 16;

    private final SolrServer server = SolrServer.shared();
    private SolrDatabase database;

    @BeforeEach
    void open() {
        server.clear();
        database = builder().build("search");
        database.connect();
    }

    @AfterEach
    void close() {
        database.forceDisconnect();
        server.clear();
    }

    private SolrDatabaseBuilder builder() {
        return SolrDatabase.at(server.url()).user(server.user()).password(server.password());
    }

    private SolrDatabase alwaysCommitting() {
        database.disconnect();
        database = builder().alwaysCommit(true).build("search");
        database.connect();
        return database;
    }

    private List<String> ids() throws SolrServerException {
        return database.requiresNew()
                .read(session -> session.query(all()).getResults().stream()
                        .map(document -> (String) document.getFieldValue("id"))
                        .toList());
    }

    private static SolrQuery all() {
        return new SolrQuery("*:*").setRows(1000).setSort("id", SolrQuery.ORDER.asc);
    }

    private static SolrInputDocument document(String id) {
        return new SolrInputDocument("id", id);
    }

    @Test
    void aUnitIsSentWithOneCommit() throws SolrServerException {
        long commits = server.count("updateHandler.commits.count");
        long requests = server.count("/update.requests");
        database.run(session -> {
            for (int i = 0; i < 100; i++) {
                session.add(document("a" + i));
            }
            session.addBeans(List.of(Product.of("b", "tea"), new OldProduct("c", "rice", List.of())));
            session.deleteById(List.of("a1", "nobody"));
            session.deleteByQuery("id:a2");
        });

        assertThat(ids()).hasSize(100).contains("a0", "b", "c").doesNotContain("a1", "a2");
        assertThat(server.count("updateHandler.commits.count")).isEqualTo(commits + 1);
        assertThat(server.count("/update.requests")).isEqualTo(requests + 1);
    }

    @Test
    void theOrderIsKeptAcrossRequests() throws SolrServerException {
        long commits = server.count("updateHandler.commits.count");
        database.run(session -> session.add(document("old")));
        database.run(session -> {
            session.add(document("a"));
            session.deleteByQuery("*:*");
            session.add(document("b"));
            session.deleteById("b");
            session.add(document("c"));
            session.deleteById("c");
            session.add(document("c"));
        });

        assertThat(ids()).containsExactly("c");
        assertThat(server.count("updateHandler.commits.count")).isEqualTo(commits + 2);
    }

    @Test
    void aUnitThatFailsSendsNothing() throws SolrServerException {
        long requests = server.count("/update.requests");
        assertThatThrownBy(() -> database.run(session -> {
                    session.add(document("a"));
                    session.deleteByQuery("*:*");
                    throw new IOException("of the work");
                }))
                .isInstanceOf(IOException.class);
        database.run(session -> assertThat(session.query(all()).getResults()).isEmpty());

        assertThat(server.count("/update.requests")).isEqualTo(requests);
    }

    @Test
    void queriesSeeWhatIsCommittedAndFindSeesTheUnitToo() throws SolrServerException {
        database.run(session -> session.add(List.of(document("a"), document("b"))));
        database.run(session -> {
            session.add(new SolrInputDocument("id", "c", "name", "tea"));
            session.deleteById("a");

            assertThat(session.query(all()).getResults().getNumFound()).isEqualTo(2);
            assertThat(session.find("a")).isEmpty();
            assertThat(session.find("b")).isPresent();
            assertThat(session.find("c").orElseThrow().getFieldValue("name")).isEqualTo("tea");
            assertThat(session.find("d")).isEmpty();
            session.deleteByQuery("id:b");
            assertThatThrownBy(() -> session.find("b")).isInstanceOf(IllegalStateException.class);
            session.add(document("b"));
            assertThat(session.find("b")).isPresent();
        });
        assertThat(ids()).containsExactly("b", "c");
    }

    @Test
    void idsAreTakenAsTheyAre() throws SolrServerException {
        String id = "a b\"c\\ OR *:* {!lucene} ı 雪 $x &q=*";
        database.run(session -> session.add(List.of(document(id), document("other"))));

        SolrDocument found = database.read(session -> session.find(id)).orElseThrow();
        assertThat(found.getFieldValue("id")).isEqualTo(id);
        database.run(session -> session.deleteById(id));
        assertThat(ids()).containsExactly("other");
    }

    @Test
    void documentsAreCopiedWhenTheyAreAdded() throws SolrServerException {
        SolrInputDocument reused = new SolrInputDocument();
        database.run(session -> {
            for (String id : List.of("a", "b")) {
                reused.setField("id", id);
                session.add(reused);
            }
        });
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void beansAndRecordsGoInAndOut() throws SolrServerException {
        Product tea = new Product(
                "a", "green tea", 2.5, 3, 70_000_000_000L, true, java.time.Instant.EPOCH, List.of("hot", "green"));
        database.run(session -> {
            session.addBean(tea);
            session.addBean(new OldProduct("b", "rice", List.of("dry")));
            assertThat(session.find("a", Product.class)).contains(tea);
        });

        Product found =
                database.read(session -> session.find("a", Product.class)).orElseThrow();
        List<OldProduct> hits = database.read(session -> session.query(new SolrQuery("name:rice"), OldProduct.class));
        assertThat(found).isEqualTo(tea);
        assertThat(hits).singleElement().satisfies(hit -> assertThat(hit.tags()).containsExactly("dry"));
    }

    @Test
    void longQueriesAreSent() throws SolrServerException {
        database.run(session -> session.add(document("a")));
        String query = "id:(a " + "x".repeat(20_000) + ")";

        long found = database.read(
                session -> session.query(new SolrQuery(query)).getResults().getNumFound());
        assertThat(found).isEqualTo(1);
    }

    @Test
    void nestedUnitsAreUndoneAlone() throws SolrServerException {
        database.run(session -> {
            session.add(document("a"));
            assertThat(catchThrowable(() -> database.nested().run(inner -> {
                        inner.deleteById("a");
                        inner.add(document("b"));
                        assertThat(inner.find("a")).isEmpty();
                        throw new IOException("of the work");
                    })))
                    .isInstanceOf(IOException.class);
            assertThat(session.find("a")).isPresent();
            database.nested().run(inner -> inner.add(document("c")));
        });
        assertThat(ids()).containsExactly("a", "c");
    }

    @Test
    void readingUnitsRefuseToWriteBeforeAnythingIsSent() throws SolrServerException {
        long requests = server.count("/update.requests");
        assertRefusesWritesInReads();
        alwaysCommitting();
        assertRefusesWritesInReads();
        assertThat(server.count("/update.requests")).isEqualTo(requests);
    }

    private void assertRefusesWritesInReads() {
        assertThatThrownBy(() -> database.<Boolean, SolrServerException>read(session -> {
                    session.add(document("a"));
                    return true;
                }))
                .isInstanceOf(IncompatibleUnitException.class);
        assertThatThrownBy(() -> database.readOnly().run(session -> session.deleteByQuery("*:*")))
                .isInstanceOf(IncompatibleUnitException.class);
    }

    @Test
    void aSessionEndsWithItsUnit() throws SolrServerException {
        List<SolrSession> kept = new ArrayList<>();
        database.run(kept::add);
        SolrSession ended = kept.get(0);

        assertThatThrownBy(() -> ended.add(document("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ended.query(all())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ended.find("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(ended::client).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCommitThatIsRefusedLeavesWhatCameBeforeUncommitted() throws SolrServerException {
        SolrInputDocument wrong = document("b");
        wrong.setField("nosuchfield", "x");
        assertThatThrownBy(() -> database.run(session -> session.add(List.of(document("a"), wrong, document("c")))))
                .isInstanceOfSatisfying(
                        RemoteSolrException.class, e -> assertThat(e.code()).isEqualTo(400))
                .hasMessageContaining("nosuchfield")
                .hasStackTraceContaining("SolrDatabaseIT");

        assertThat(ids()).isEmpty();
        database.run(session -> session.add(document("d")));
        assertThat(ids()).containsExactly("a", "d");
    }

    @Test
    void alwaysCommitSendsEachOperationAtOnce() throws SolrServerException {
        SolrDatabase always = alwaysCommitting();
        long commits = server.count("updateHandler.commits.count");
        assertThatThrownBy(() -> always.run(session -> {
                    session.add(document("a"));
                    session.addBean(Product.of("b", "tea"));
                    session.add(document("c"));
                    session.deleteById("a");
                    session.deleteByQuery("id:c");
                    assertThat(session.query(all()).getResults()).hasSize(1);
                    throw new IOException("of the work");
                }))
                .isInstanceOf(IOException.class);

        assertThat(ids()).containsExactly("b");
        assertThat(server.count("updateHandler.commits.count")).isEqualTo(commits + 5);
    }

    @Test
    void alwaysCommitHoldsForTheClientToo() throws Exception {
        alwaysCommitting().client().add(document("a"));
        assertThat(ids()).containsExactly("a");
        database.client().deleteById("a");
        assertThat(ids()).isEmpty();
    }

    @Test
    void theClientIsSharedAndCommitsNothingByItself() throws Exception {
        assertThat(database.client()).isSameAs(database.client());
        database.run(session -> assertThat(session.client()).isSameAs(database.client()));
        database.client().close();
        database.client().add(document("a"));
        assertThat(ids()).isEmpty();
        database.client().commit();
        assertThat(ids()).containsExactly("a");
    }

    @Test
    void isolationIsRefused() {
        assertThatThrownBy(() -> database.snapshot(session -> session.find("a")))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("no transactions");
    }

    @Test
    void atomicUpdatesAreLeftToTheServer() throws SolrServerException {
        database.run(session -> session.addBean(Product.of("a", "tea")));
        database.run(session -> {
            SolrInputDocument update = document("a");
            update.setField("stock", Map.of("inc", 4));
            session.add(update);
            assertThatThrownBy(() -> session.find("a")).isInstanceOf(IllegalStateException.class);
        });

        Product changed =
                database.read(session -> session.find("a", Product.class)).orElseThrow();
        assertThat(changed.inStock()).isEqualTo(7);
        assertThat(changed.name()).isEqualTo("tea");
    }

    @Test
    void versionsGuardADocumentAgainstSixteenThreads() throws Exception {
        database.run(session -> session.add(new SolrInputDocument("id", "counter", "stock", "0")));
        onAllThreads(thread -> database.retrying(100).run(session -> {
            SolrDocument counter = session.find("counter").orElseThrow();
            SolrInputDocument next = document("counter");
            next.setField("stock", (Integer) counter.getFieldValue("stock") + 1);
            next.setField("_version_", counter.getFieldValue("_version_"));
            session.add(next);
        }));

        Object stock =
                database.read(session -> session.find("counter").orElseThrow().getFieldValue("stock"));
        assertThat(stock).isEqualTo(THREADS);
    }

    /** Bodies larger than any buffer, on more threads than SolrJ would have for them. */
    @Test
    void sixteenThreadsSendLargeUnits() throws Exception {
        String text = "word ".repeat(500);
        onAllThreads(thread -> {
            for (int i = 0; i < 3; i++) {
                String prefix = thread + "-" + i + "-";
                database.run(session -> {
                    for (int j = 0; j < 10; j++) {
                        session.add(new SolrInputDocument("id", prefix + j, "name", text));
                    }
                });
                assertThat(database.<Boolean, SolrServerException>read(
                                session -> session.find(prefix + 9).isPresent()))
                        .isTrue();
            }
        });
        assertThat(ids()).hasSize(THREADS * 3 * 10);
    }

    @FunctionalInterface
    private interface Task {
        void run(int thread) throws Exception;
    }

    private static void onAllThreads(Task task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    task.run(thread);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
