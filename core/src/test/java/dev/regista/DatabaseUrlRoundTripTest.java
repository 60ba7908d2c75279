package dev.regista;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every URL that can be built is read back the same, part by part. */
class DatabaseUrlRoundTripTest {
    private static final int[] CHARACTERS = "abcXYZ019 /:@?#&=;%+,'\"`{}[]()<>\\|$!*~^.-_äöüİı€😀\t\r\n\0"
            .codePoints()
            .toArray();
    private static final List<String> HOSTS =
            List.of("db", "10.0.0.1", "::1", "fe80::1%eth0", "h1:5432,h2", "[::1]:5432,[::2]", "münchen.example");
    private static final List<String> NAMES = List.of("", "ssl", "password", "options");

    @Test
    void anyUrlSurvivesTheWayToTextAndBack() {
        Random random = new Random(20261121);
        for (int i = 0; i < 5_000; i++) {
            DatabaseUrl url = url(random, Secret.of(text(random, 12)));

            assertSame(DatabaseUrl.parse(url.reveal()), url);
        }
    }

    @Test
    void noUrlShowsItsPassword() {
        Random random = new Random(20261122);
        for (int i = 0; i < 5_000; i++) {
            String password = "Q" + text(random, 12) + "Qqq";
            DatabaseUrl url = url(random, Secret.of(password));

            assertThat(List.of(url.toString(), DatabaseUrl.mask(url.reveal())))
                    .as(url.reveal())
                    .allSatisfy(shown ->
                            assertThat(shown).doesNotContain(password).doesNotContain(UrlText.encode(password)));
        }
    }

    @ParameterizedTest
    @CsvSource({"x, x", "/x, x", "//x, x", "/, ''", "a/b, a/b", "a//b/, a//b/"})
    void slashesBeforeAPathAreIgnoredAfterAHost(String path, String expected) {
        DatabaseUrl url = DatabaseUrl.builder("pg").host("h").path(path).build();

        assertThat(url.path()).isEqualTo(expected);
        assertSame(DatabaseUrl.parse(url.reveal()), url);
        assertThat(DatabaseUrl.parse("pg://h/" + path).path()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/, /x, x, /x", "//, x, x, /x", "/a/, /x, a/x, /a/x", "a//, //x, a/x, a/x", "'', /x, x, /x"})
    void exactlyOneSlashIsBeforeAFile(String path, String file, String afterHost, String withoutHost) {
        DatabaseUrl server =
                DatabaseUrl.builder("pg").host("h").path(path).file(file).build();
        DatabaseUrl local = DatabaseUrl.builder("sqlite").path(path).file(file).build();

        assertThat(server.path()).isEqualTo(afterHost);
        assertThat(local.path()).isEqualTo(withoutHost);
        assertSame(DatabaseUrl.parse(server.reveal()), server);
        assertSame(DatabaseUrl.parse(local.reveal()), local);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"h1:5432,h2:5433", "h1,h2", "h1,h2:5433", "[::1]:5432,h2", "[::1],[::2]", "[::1]:1,[::2]:2"})
    void severalHostsAreOneText(String hosts) {
        String text = "postgresql://ada:pw@" + hosts + "/db";
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(url.host()).isEqualTo(hosts);
        assertThat(url.port()).isEmpty();
        assertThat(url.reveal()).isEqualTo(text);
        assertThat(url).hasToString("postgresql://ada:***@" + hosts + "/db");
        assertSame(DatabaseUrl.builder("postgresql").host(hosts).build(), DatabaseUrl.parse("postgresql://" + hosts));
    }

    private static DatabaseUrl url(Random random, Secret password) {
        boolean isFile = random.nextInt(10) == 0;
        DatabaseUrlBuilder url =
                DatabaseUrl.builder(isFile ? "sqlite" : "postgresql").path(text(random, 8));
        if (!isFile) {
            String host = HOSTS.get(random.nextInt(HOSTS.size()));
            url.host(host).user("u" + text(random, 6)).password(password);
            if (!host.contains(",") && random.nextBoolean()) {
                url.port(1 + random.nextInt(65_535));
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            url.parameter(NAMES.get(random.nextInt(NAMES.size())) + text(random, 4), text(random, 8));
        }
        return url.build();
    }

    private static void assertSame(DatabaseUrl read, DatabaseUrl url) {
        assertThat(read.scheme()).isEqualTo(url.scheme());
        assertThat(read.user()).isEqualTo(url.user());
        assertThat(read.password().map(Secret::reveal)).isEqualTo(url.password().map(Secret::reveal));
        assertThat(read.host()).isEqualTo(url.host());
        assertThat(read.port()).isEqualTo(url.port());
        assertThat(read.path()).isEqualTo(url.path());
        assertThat(List.copyOf(read.parameters().entrySet()))
                .isEqualTo(List.copyOf(url.parameters().entrySet()));
        assertThat(read.reveal()).isEqualTo(url.reveal());
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most); length > 0; length--) {
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }
}
