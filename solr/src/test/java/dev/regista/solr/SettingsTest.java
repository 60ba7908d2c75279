package dev.regista.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import dev.regista.NotOpenException;
import dev.regista.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of a Solr database, before any I/O. */
class SettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://localhost:8983/solr/products | http://localhost:8983/solr/products",
                "https://search.example.com/solr/products/ | https://search.example.com/solr/products",
                "HTTP://ada:p%40ss@localhost/solr/products | http://localhost/solr/products",
                "http://[::1]:8983/solr/products | http://[::1]:8983/solr/products",
                "http://proxy/products | http://proxy/products",
                "http://proxy/some/where/solr/products_2-b.c | http://proxy/some/where/solr/products_2-b.c",
                "http://h1:8983,h2:8983/solr/products | http://h1:8983,h2:8983/solr/products"
            })
    void readsUrls(String url, String shown) {
        assertThat(SolrDatabase.at(url).build("search").url()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost:8983/solr/products | scheme://",
                "solr://localhost:8983/solr/products | begins with http:// or https://, not solr://",
                "http://localhost:8983 | names no core or collection",
                "http://localhost:8983/ | names no core or collection",
                "http://localhost:8983/solr | names no core or collection",
                "http://localhost:8983/solr/ | names no core or collection",
                "http://localhost:8983/solr/#/products | must have letters, digits",
                "http://localhost:8983/solr/the products | must have letters, digits",
                "http:///solr/products | has no host",
                "http://localhost:8983/solr/products?wt=json | these are not known: wt"
            })
    void refusesUrlsThatCannotWork(String url, String reason) {
        assertThatThrownBy(() -> SolrDatabase.at(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void readsUrlsFromParts() {
        DatabaseUrl url = DatabaseUrl.builder("http")
                .host("localhost")
                .port(8983)
                .path("solr/products")
                .build();

        assertThat(SolrDatabase.at(url).build("search"))
                .hasToString("Solr database 'search' at http://localhost:8983/solr/products (closed)");
    }

    @Test
    void namesAllProblemsAtOnce() {
        SolrDatabaseBuilder builder = SolrDatabase.at("http://h1,h2/solr/products")
                .cloud(false)
                .password("secret")
                .requestTimeout(Duration.ZERO);

        assertThat(catchThrowableOfType(ConfigurationException.class, () -> builder.build("search"))
                        .problems())
                .hasSize(3)
                .anyMatch(problem -> problem.contains("several hosts"))
                .anyMatch(problem -> problem.contains("a password, but no user"))
                .anyMatch(problem -> problem.contains("request timeout"))
                .noneMatch(problem -> problem.contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ada@localhost/solr/products", "http://a%3Ab:secret@localhost/solr/products"})
    void refusesUsersThatCannotBeSent(String url) {
        assertThatThrownBy(() -> SolrDatabase.at(url).build("search"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void asksForNoSecretAndNoServerBeforeItIsOpened() {
        SolrDatabase database = SolrDatabase.at("http://no.such.host.invalid:8983/solr/products")
                .user("ada")
                .password(Secret.from(() -> {
                    throw new IllegalStateException("asked too early");
                }))
                .build("search");

        assertThat(database.sessionType()).isEqualTo(SolrSession.class);
        assertThatThrownBy(database::client).isInstanceOf(NotOpenException.class);
    }
}
