package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.Registry;
import dev.regista.Secret;
import dev.regista.config.Regista;
import dev.regista.solr.SolrDatabase;
import dev.regista.solr.SolrServer;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.beans.Field;
import org.apache.solr.client.solrj.request.SolrQuery;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to Solr, on a server. */
@ExtendWith(LeakChecker.class)
class SolrIT {
    private static final Path FILES = Path.of(System.getProperty("basedir", ""), "src/test/resources");

    private final SolrServer server = SolrServer.shared();
    private final String url = server.url();
    private final String user = server.user();
    private final String password = server.password();

    @TempDir
    Path directory;

    // tag::record[]
    record Product(
            String id,
            String name,
            double price,
            @Field("stock") int inStock,
            List<String> tags) {}
    // end::record[]

    @BeforeEach
    void empty() {
        server.clear();
    }

    private SolrDatabase open() {
        SolrDatabase search = SolrDatabase.at(url).user(user).password(password).build("search");
        search.connect();
        return search;
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void registry() throws Exception {
        Path passwordFile = Files.writeString(directory.resolve("password"), password);
        // tag::registry[]
        try (Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop"))
                .extra(
                        "search",
                        SolrDatabase.at(url) // http://localhost:8983/solr/products
                                .user(user)
                                .password(Secret.from(() -> contentOf(passwordFile)))
                                .requestTimeout(Duration.ofSeconds(20)))
                .open()) {
            SolrDatabase search = registry.database("search", SolrDatabase.class);
            search.run(session -> session.add(new SolrInputDocument("id", "tea", "name", "Green tea")));
        }
        // end::registry[]
        try (SolrDatabase search = open()) {
            Optional<SolrDocument> tea = search.read(session -> session.find("tea"));
            assertThat(tea).isPresent();
        }
    }

    @Test
    void units() throws SolrServerException {
        try (SolrDatabase search = open()) {
            // tag::write[]
            search.run(session -> {
                session.addBean(new Product("tea", "Green tea", 2.5, 3, List.of("hot")));
                session.add(new SolrInputDocument("id", "rice", "name", "Rice"));
                session.deleteById("coffee");
                session.deleteByQuery("tags:sold-out");
            }); // one request, one commit
            // end::write[]
            // tag::read[]
            Optional<Product> tea = search.read(session -> session.find("tea", Product.class));
            List<Product> hot =
                    search.read(session -> session.query(new SolrQuery("tags:hot").setRows(100), Product.class));
            long all = search.read(
                    session -> session.query(new SolrQuery("*:*")).getResults().getNumFound());
            // end::read[]
            assertThat(tea).isPresent();
            assertThat(hot).hasSize(1);
            assertThat(all).isEqualTo(2);
            // tag::version[]
            search.retrying(5).run(session -> {
                SolrDocument now = session.find("tea").orElseThrow();
                SolrInputDocument update = new SolrInputDocument("id", "tea");
                update.setField("stock", Map.of("inc", -1));
                update.setField("_version_", now.getFieldValue("_version_"));
                session.add(update);
            });
            // end::version[]
            int left = search.<Product, SolrServerException>read(
                            session -> session.find("tea", Product.class).orElseThrow())
                    .inStock();
            assertThat(left).isEqualTo(2);
        }
    }

    @Test
    void client() throws Exception {
        try (SolrDatabase search = open()) {
            // tag::client[]
            search.client().add(new SolrInputDocument("id", "tea"));
            search.client().commit();
            // end::client[]
            // tag::always[]
            SolrDatabase always = SolrDatabase.at(url)
                    .user(user)
                    .password(password)
                    .alwaysCommit(true)
                    .build("always");
            // end::always[]
            always.connect();
            always.client().deleteById("tea");
            always.disconnect();
            Optional<SolrDocument> tea = search.read(session -> session.find("tea"));
            assertThat(tea).isEmpty();
        }
    }

    @Test
    void urls() {
        // tag::urls[]
        SolrDatabase core =
                SolrDatabase.at("https://shop:p%40ss@search/solr/products").build("core");
        SolrDatabase cloud = SolrDatabase.at("http://solr1:8983,solr2:8983/solr/products")
                .user("shop")
                .password("p@ss")
                .build("cloud");
        // end::urls[]
        assertThat(core.url()).isEqualTo("https://search/solr/products");
        assertThat(cloud.url()).isEqualTo("http://solr1:8983,solr2:8983/solr/products");
        assertThatThrownBy(() -> SolrDatabase.at("localhost:8983")).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void yaml() throws SolrServerException {
        Map<String, String> environment = Map.of("SOLR_URL", url, "SOLR_USER", user, "SOLR_PASSWORD", password);
        try (Registry registry = Regista.load(FILES.resolve("solr.yaml"))
                .environment(environment)
                .open()) {
            SolrDatabase search = registry.database("search", SolrDatabase.class);
            search.run(session -> session.add(new SolrInputDocument("id", "tea")));
            Optional<SolrDocument> tea = search.read(session -> session.find("tea"));
            assertThat(tea).isPresent();
        }
    }
}
