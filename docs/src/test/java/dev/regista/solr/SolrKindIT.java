package dev.regista.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.Registry;
import dev.regista.Secret;
import dev.regista.config.Regista;
import dev.regista.testing.LeakChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.solr.client.solrj.request.SolrQuery;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Solr in a configuration. */
@ExtendWith(LeakChecker.class)
class SolrKindIT {
    private final SolrServer server = SolrServer.shared();

    @TempDir
    Path directory;

    private Path file(String block) throws IOException {
        return Files.writeString(directory.resolve("regista.yaml"), "regista:\n  databases:\n" + block.indent(4));
    }

    @Test
    void everyOptionIsRead() throws Exception {
        server.clear();
        Path file = file("""
                main:
                  kind: solr
                  url: ${SOLR_URL}
                  user: regista
                  password-from: vault
                  cloud: false
                  always-commit: true
                  request-timeout: 20s
                  connect-timeout: 5s
                  required: true
                """);
        try (Registry registry = Regista.load(file)
                .environment(Map.of("SOLR_URL", server.url()))
                .provide("vault", Secret.of(server.password()))
                .open()) {
            SolrDatabase main = (SolrDatabase) registry.main();
            main.client().add(new SolrInputDocument("id", "a"));
            long found = main.read(
                    session -> session.query(new SolrQuery("*:*")).getResults().getNumFound());

            assertThat(main.url()).isEqualTo(server.url());
            assertThat(found).isEqualTo(1);
        }
    }

    @Test
    void theUrlMayBeGivenByItsFields() throws Exception {
        Path file = file("""
                main:
                  kind: solr
                  url:
                    scheme: http
                    host: 127.0.0.1
                    port: %d
                    path: solr/products
                    username: regista
                    password: %s
                  always_commit: off
                """.formatted(server.port(), server.password()));
        try (Registry registry = Regista.load(file).open()) {
            assertThat(((SolrDatabase) registry.main()).url()).isEqualTo(server.url());
        }
    }

    @Test
    void whatCannotWorkIsNamedBeforeAnythingIsOpened() throws IOException {
        Path file = file("""
                main:
                  kind: solr
                  url: http://localhost:8983
                search:
                  kind: solr
                  url: http://h1,h2/solr/products
                  cloud: false
                  password: planted
                  request-timeout: 0
                """);
        assertThatThrownBy(() -> Regista.load(file).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("names no core")
                .hasMessageContaining("several hosts")
                .hasMessageContaining("a password, but no user")
                .hasMessageContaining("request timeout")
                .hasMessageNotContaining("planted");
    }
}
