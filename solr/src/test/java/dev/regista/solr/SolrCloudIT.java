package dev.regista.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.OpenFailedException;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.SolrQuery;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A collection of two shards, over a client that knows the cluster. */
@ExtendWith(LeakChecker.class)
class SolrCloudIT {
    private static final int MANY = 50;

    private final SolrServer server = SolrServer.cloud();

    @BeforeEach
    void empty() {
        server.clear();
    }

    private SolrDatabase collection(String url) {
        return SolrDatabase.at(url)
                .cloud(true)
                .user(server.user())
                .password(server.password())
                .build("search");
    }

    private static long count(SolrDatabase database) throws SolrServerException {
        return database.read(
                session -> session.query(new SolrQuery("*:*")).getResults().getNumFound());
    }

    private static void addMany(SolrSession session) throws SolrServerException {
        session.add(IntStream.range(0, MANY)
                .mapToObj(i -> new SolrInputDocument("id", "a" + i))
                .toList());
    }

    @Test
    void aUnitGoesToAllItsShardsAtItsEnd() throws SolrServerException {
        try (SolrDatabase database = collection(server.url())) {
            database.connect();
            database.run(session -> {
                addMany(session);
                session.deleteById("a1");
                assertThat(session.find("a0")).isPresent();
                assertThat(session.find("a1")).isEmpty();
                assertThat(count(database)).isZero();
            });
            assertThat(count(database)).isEqualTo(MANY - 1);
            database.run(session -> {
                session.deleteByQuery("*:*");
                session.add(new SolrInputDocument("id", "b"));
            });
            assertThat(count(database)).isEqualTo(1);
            assertThat(database.<Boolean, SolrServerException>read(
                            session -> session.find("b").isPresent()))
                    .isTrue();
        }
    }

    @Test
    void aUnitThatFailsSendsNothing() throws SolrServerException {
        try (SolrDatabase database = collection(server.url())) {
            database.connect();
            assertThatThrownBy(() -> database.run(session -> {
                        addMany(session);
                        throw new IOException("of the work");
                    }))
                    .isInstanceOf(IOException.class);
            database.run(session -> session.add(new SolrInputDocument("id", "b")));
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void oneNodeThatIsUpIsEnough() throws SolrServerException {
        try (FaultyServer down = FaultyServer.hangingUp();
                SolrDatabase database = collection("http://127.0.0.1:" + down.port() + "," + server.host() + ":"
                        + server.port() + "/solr/products")) {
            database.connect();
            database.run(SolrCloudIT::addMany);
            assertThat(count(database)).isEqualTo(MANY);
        }
    }

    @Test
    void aMissingCollectionAndAWrongPasswordAreRefused() {
        SolrDatabase missing = collection(server.url() + "-old");
        assertThatThrownBy(missing::connect)
                .isInstanceOf(OpenFailedException.class)
                .hasMessageContaining("products-old");
        SolrDatabase refused = SolrDatabase.at(server.url())
                .cloud(true)
                .user(server.user())
                .password("wrong")
                .build("search");
        // SolrJ asks the nodes one after the other, and keeps to itself why each refused.
        assertThatThrownBy(refused::connect).isInstanceOf(OpenFailedException.class);
    }

    @Test
    void oneNodeCanBeUsedLikeAServer() throws SolrServerException {
        try (SolrDatabase database = SolrDatabase.at(server.url())
                .user(server.user())
                .password(server.password())
                .build("search")) {
            database.connect();
            database.run(SolrCloudIT::addMany);
            assertThat(count(database)).isEqualTo(MANY);
        }
    }
}
