package dev.regista;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A.49 to A.63: URLs are built and read with correct escaping, and never show a password. */
class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"p@/:%", "plain", "a b+c", "?#&=;", "äöü€😀", "\"'`\\", "%41", "://@", ""})
    void anyCharacterSurvivesInEveryPart(String awkward) {
        DatabaseUrl url = DatabaseUrl.builder("postgresql")
                .user("u" + awkward)
                .password(Secret.of(awkward))
                .host("db.example")
                .port(5432)
                .path("shop" + awkward)
                .parameter("k" + awkward, awkward)
                .build();

        DatabaseUrl read = DatabaseUrl.parse(url.reveal());

        assertThat(read.user()).contains("u" + awkward);
        assertThat(read.password().map(Secret::reveal)).contains(awkward);
        assertThat(read.host()).isEqualTo("db.example");
        assertThat(read.port()).hasValue(5432);
        assertThat(read.path()).isEqualTo("shop" + awkward);
        assertThat(read.parameters()).containsEntry("k" + awkward, awkward);
        assertThat(read.reveal()).isEqualTo(url.reveal());
    }

    @Test
    void thePasswordIsMaskedInItsText() {
        DatabaseUrl url = DatabaseUrl.parse("mysql://ada:se%40cret@h/shop?ssl-password=hidden&ssl=true");

        assertThat(url.toString()).isEqualTo("mysql://ada:***@h/shop?ssl-password=***&ssl=true");
        assertThat(url.reveal()).contains("se%40cret").contains("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "h, -, -, pg://h",
                "h, 5432, -, pg://h:5432",
                "h, 5432, shop, pg://h:5432/shop",
                "h, 5432, /shop, pg://h:5432/shop",
                "::1, 5432, shop, pg://[::1]:5432/shop",
                "[::1], 5432, shop, pg://[::1]:5432/shop"
            })
    void partsAreJoined(String host, Integer port, String path, String expected) {
        DatabaseUrlBuilder builder = DatabaseUrl.builder("pg").host(host);
        if (port != null) {
            builder.port(port);
        }
        if (path != null) {
            builder.path(path);
        }

        assertThat(builder.build().reveal()).isEqualTo(expected);
        assertThat(DatabaseUrl.parse(expected).reveal()).isEqualTo(expected);
    }

    @Test
    void filesAreRelativeOrAbsoluteAsGiven() {
        assertThat(DatabaseUrl.builder("sqlite").file("shop.db").build().reveal())
                .isEqualTo("sqlite:///shop.db");
        assertThat(DatabaseUrl.builder("sqlite").file("/var/shop.db").build().reveal())
                .isEqualTo("sqlite:////var/shop.db");
        assertThat(DatabaseUrl.builder("sqlite")
                        .path("/var/")
                        .file("shop.db")
                        .build()
                        .path())
                .isEqualTo("/var/shop.db");
        assertThat(DatabaseUrl.parse("sqlite:////var/shop.db").path()).isEqualTo("/var/shop.db");
        assertThat(DatabaseUrl.parse("sqlite:///shop.db").path()).isEqualTo("shop.db");
        assertThat(DatabaseUrl.parse("sqlite+pysqlite://").scheme()).isEqualTo("sqlite");
    }

    @Test
    void theSuffixOfASchemeIsKeptApartFromIt() {
        DatabaseUrl url = DatabaseUrl.parse("BOLT+S://ada:pw@h:7687");

        assertThat(url.scheme()).isEqualTo("bolt");
        assertThat(url.suffix()).isEqualTo("s");
        assertThat(url.reveal()).isEqualTo("bolt+s://ada:pw@h:7687");
        assertThat(url).hasToString("bolt+s://ada:***@h:7687");
        assertThat(DatabaseUrl.parse(url.reveal()).suffix()).isEqualTo("s");
        assertThat(DatabaseUrl.parse("bolt://h").suffix()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pl4nted",
                "://pl4nted@h",
                "pg://:pl4nted@h/x",
                "pg://u:pl4nted@h:port/x",
                "pg://u:pl4nted@h:99999/x",
                "pg://u:%zzpl4nted@h/x",
                "pg://u:a/pl4nted@h/x",
                "p g://u:pl4nted@h/x",
                "pg://u:a pl4nted@h:port/d",
                "pg:/ada:pl4nted@h/d",
                "ada:pl4nted@h/d",
                "pg://ada:pl4nted"
            })
    void whatIsMalformedIsRefusedWithoutShowingThePassword(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .doesNotContain("pl4nted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://h/x?user=a&password=s3cret&ssl=true | jdbc:postgresql://h/x?user=a&password=***&ssl=true",
                "jdbc:h2:mem:x;USER=sa;PASSWORD=s3cret;MODE=MySQL | jdbc:h2:mem:x;USER=sa;PASSWORD=***;MODE=MySQL",
                "bolt://neo:s3cret@h:7687 | bolt://neo:***@h:7687",
                "jdbc:oracle:thin:scott/s3cret@h:1521 | jdbc:oracle:thin:scott/***@h:1521",
                "http://h:8983/solr/core | http://h:8983/solr/core",
                "jdbc:sqlserver://h;sslTrustStorePassword=s3cret | jdbc:sqlserver://h;sslTrustStorePassword=***",
                "failed at pg://a:s3@cret@h/x today | failed at pg://a:***@h/x today"
            })
    void secretsAreMaskedInAnyUrl(String text, String masked) {
        assertThat(DatabaseUrl.mask(text)).isEqualTo(masked);
    }

    @Test
    void aSecretIsNeverPrinted() {
        Secret secret = Secret.of("s3cret");

        assertThat(secret).hasToString("***").isNotEqualTo(Secret.of("s3cret"));
        assertThat(secret.reveal()).isEqualTo("s3cret");
        assertThat(String.format("%s", secret)).isEqualTo("***");
        assertThatThrownBy(() -> Secret.from(() -> null).reveal()).isInstanceOf(NullPointerException.class);
    }
}
