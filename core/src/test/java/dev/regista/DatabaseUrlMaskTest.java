package dev.regista;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/** Whatever a password contains, and wherever it stands: it is not shown, and a URL that could be misread is refused. */
class DatabaseUrlMaskTest {
    private static final String CHARACTERS = "abcXYZ019 /:@?#&=;%+,'\"`{}[]()<>\\|$!*~^äöü€😀\t\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada:pa'hidden@host/db",
                "postgresql://ada:pa\"hidden@host/db",
                "postgresql://ada:hidden@host/db and mysql://bob:hidden@other/db",
                "postgresql://ada:hidden@host/db,mysql://bob:hidden@other/db",
                "jdbc:postgresql://host/db?pass=hidden",
                "jdbc:h2:mem:x;PASSWORD=hidden",
                "jdbc:db2://h:1/x:user=a;passcode=hidden;",
                "password=hidden",
                "\"password=hidden\"",
                "{password=hidden}",
                "jdbc:sqlserver://h;password={a}}hidden};x=y",
                "jdbc:x://h?password=a,hidden",
                "jdbc:x://h?user=u&sslPassword='hid den hidden'",
                "jdbc:oracle:thin:ada/hidden@host:1521/x",
                "api-key = hidden",
                "aws_secret_access_key=hidden",
                "line\npassword=hidden\nline"
            })
    void secretsAreMasked(String text) {
        assertThat(DatabaseUrl.mask(text)).doesNotContain("hidden").contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://host:5432/db?ssl=true",
                "sqlite:////var/lib/a@b.db",
                "see https://example.org/path?q=a@b",
                "no URL at all: a = b"
            })
    void whatIsNoSecretStays(String text) {
        assertThat(DatabaseUrl.mask(text)).isEqualTo(text);
    }

    @Test
    @Timeout(20)
    void aMegabyteOfAnythingIsMaskedInLinearTime() {
        for (String piece : List.of(
                "/", ":", "@", "//a:", "//", "password=", "password", "pass={", "pass='", "jdbc:oracle:a:", "a", "//a:b ", "{")) {
            String text = piece.repeat((1 << 20) / piece.length());

            assertThat(DatabaseUrl.mask(text)).isNotEmpty();
        }
    }

    @Test
    void anyUrlSurvivesTheWayToTextAndBackAndShowsNoPassword() {
        Random random = new Random(20261121);
        for (int i = 0; i < 5_000; i++) {
            String password = text(random, 12);
            Map<String, String> parameters = new TreeMap<>(Map.of("a" + text(random, 5), text(random, 8)));
            DatabaseUrl url = DatabaseUrl.builder("postgresql")
                    .user("u" + text(random, 6))
                    .password(Secret.of(password))
                    .host(random.nextBoolean() ? "db" : "::1")
                    .path("p" + text(random, 8))
                    .parameter(parameters.keySet().iterator().next(), parameters.values().iterator().next())
                    .build();

            DatabaseUrl read = DatabaseUrl.parse(url.reveal());

            assertThat(read.user()).isEqualTo(url.user());
            assertThat(read.password().map(Secret::reveal)).contains(password);
            assertThat(read.host()).isEqualTo(url.host());
            assertThat(read.path()).isEqualTo(url.path());
            assertThat(read.parameters()).isEqualTo(url.parameters());
            assertThat(url.toString()).contains(":***@").doesNotContain(UrlText.encode(password) + "@");
            assertThat(DatabaseUrl.mask(url.reveal())).contains(":***@").doesNotContain(UrlText.encode(password) + "@");
        }
    }

    private static String text(Random random, int most) {
        int[] characters = CHARACTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        int length = 4 + random.nextInt(most);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada/hidden:pw@host/db",
                "postgresql://ada:hid/den@host/db",
                "postgresql://ada?hidden@host/db",
                "postgresql://::1/db",
                "postgresql://ho st/db",
                "postgresql://ho#st/db"
            })
    void whatCouldBeMisreadIsRefused(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContainingAny("hidden", "ada", "hid");
    }

    @ParameterizedTest
    @CsvSource({"a/b", "a@b", "a?b", "a#b", "a b", "a\tb", "x:y"})
    void aHostThatIsNoneIsRefused(String host) {
        assertThatThrownBy(() -> DatabaseUrl.builder("postgresql").host(host).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("host");
    }

    @Test
    void severalHostsAreOneText() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://ada:pw@h1:5432,h2:5433,[::1]:5434/db");

        assertThat(url.host()).isEqualTo("h1:5432,h2:5433,[::1]:5434");
        assertThat(url.port()).isEmpty();
        assertThat(url.reveal()).isEqualTo("postgresql://ada:pw@h1:5432,h2:5433,[::1]:5434/db");
    }

    @Test
    void slashesBeforeAPathAreIgnoredAfterAHostAndMeanSomethingBeforeAFile() {
        List<String> paths = new ArrayList<>();
        for (String path : List.of("x", "/x", "//x")) {
            paths.add(DatabaseUrl.builder("pg").host("h").path(path).build().path());
        }

        assertThat(paths).containsExactly("x", "x", "x");
        assertThat(DatabaseUrl.parse("sqlite:////var/lib/a@b.db").path()).isEqualTo("/var/lib/a@b.db");
    }
}
