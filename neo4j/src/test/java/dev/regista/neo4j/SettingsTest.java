package dev.regista.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Config;
import org.neo4j.driver.net.ServerAddress;

class SettingsTest {
    private static final String PASSWORD = "pl4nted";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pl4nted",
                "bolt:pl4nted@h",
                "bolt://",
                "bolt:///pl4nted",
                "bolt://u:pl4nted@",
                "bolt://u:pl4nted@h:port",
                "bolt://u:pl4nted@h_1%20",
                "bolt://u:pl4/nted@h",
                "bolt://u:pl4nted@h1,h2",
                "bolt://u:pl4nted@h?policy=eu",
                "bolt+tls://u:pl4nted@h",
                "http://u:pl4nted@h:7474",
                "neo4j://u:pl4nted@h1,,h2",
            })
    void aUrlThatCannotWorkIsRefusedAtOnceWithoutShowingItsPassword(String url) {
        assertThatThrownBy(() -> Neo4jDatabase.at(url))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(refusal -> assertThat(refusal.toString()).doesNotContain("pl4"));
    }

    @ParameterizedTest
    @CsvSource({
        "bolt://h, NONE",
        "bolt+s://h, VERIFIED",
        "bolt+ssc://h, UNVERIFIED",
        "neo4j://h, NONE",
        "NEO4J+S://h, VERIFIED",
        "neo4j+ssc://h, UNVERIFIED"
    })
    void theSchemeSaysHowItIsEncrypted(String url, Encryption expected) {
        assertThat(settings(Neo4jAddress.of(DatabaseUrl.parse(url)), null).encryption())
                .isEqualTo(expected);
        assertThat(DriverConfig.of(settings(Neo4jAddress.of(DatabaseUrl.parse(url)), null), Duration.ofSeconds(1))
                        .encrypted())
                .isEqualTo(expected != Encryption.NONE);
    }

    @Test
    void theFieldsOfAUrlKeepTheEncryption() {
        DatabaseUrl url =
                DatabaseUrl.builder("neo4j+s").host("graph").port(7688).build();

        assertThat(settings(Neo4jAddress.of(url), null).encryption()).isEqualTo(Encryption.VERIFIED);
        assertThat(Neo4jDatabase.at(url).build("graph").url()).isEqualTo("neo4j+s://graph:7688");
    }

    @Test
    void statedEncryptionHoldsWhereTheSchemeSaysNothing() {
        assertThat(settings(address("bolt://h"), Encryption.UNVERIFIED).encryption())
                .isEqualTo(Encryption.UNVERIFIED);
    }

    private static Neo4jAddress address(String url) {
        return Neo4jAddress.of(DatabaseUrl.parse(url));
    }

    private static Neo4jSettings settings(Neo4jAddress address, Encryption stated) {
        return new Neo4jSettings(address, null, null, null, null, stated, null, 1000, PoolSettings.DEFAULT);
    }

    @Test
    void credentialsAndDatabaseAreTakenOutOfTheUrl() {
        Neo4jDatabase database = Neo4jDatabase.at("neo4j://ada:" + PASSWORD + "@graph:7688/movies?policy=eu")
                .build("graph");

        assertThat(database.url()).isEqualTo("neo4j://graph:7688/movies?policy=eu");
        assertThat(database.databaseName()).hasValue("movies");
        assertThat(database.toString()).doesNotContain(PASSWORD);
        assertThat(Neo4jDatabase.at("bolt://h").build("graph").databaseName()).isEmpty();
    }

    @Test
    void theDriverIsToldAddressesWithoutCredentials() {
        Neo4jAddress several = address("neo4j://ada:" + PASSWORD + "@one,two:7688,[::1]:7689/movies?policy=eu");

        assertThat(several.uri()).hasToString("neo4j://one:7687?policy=eu");
        assertThat(several.members())
                .extracting(member -> member.getHost() + " " + member.getPort())
                .containsExactly("one 7687", "two 7688", "[::1] 7689");
        assertThat(address("bolt://[::1]").uri()).hasToString("bolt://[::1]:7687");
        assertThat(several.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class,
                () -> Neo4jDatabase.at("bolt+s://h")
                        .user("ada")
                        .token(PASSWORD)
                        .database(" ")
                        .encryption(Encryption.NONE)
                        .certificateFile(Path.of("ca.pem"))
                        .fetchSize(0)
                        .pool(new PoolSettings(0, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(-1)))
                        .build("graph"));

        assertThat(refusal.problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("pool size"),
                        problem -> assertThat(problem).contains("wait limit"),
                        problem -> assertThat(problem).contains("maximum lifetime"),
                        problem -> assertThat(problem).contains("idle connection"),
                        problem -> assertThat(problem).contains("a user, but no password"),
                        problem -> assertThat(problem).contains("a token and a user"),
                        problem -> assertThat(problem).contains("blank"),
                        problem -> assertThat(problem).contains("contradict"),
                        problem -> assertThat(problem).contains("certificate file"),
                        problem -> assertThat(problem).contains("fetch size"));
        assertThat(refusal).hasMessageNotContaining(PASSWORD);
    }

    @Test
    void aPasswordNeedsAUser() {
        assertThatThrownBy(() -> Neo4jDatabase.at("bolt://h").password(PASSWORD).build("graph"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a password, but no user");
    }

    @Test
    void nobodyATokenOrAUserMayLogIn() {
        assertThatCode(() -> {
                    Neo4jDatabase.at("bolt://h").build("nobody");
                    Neo4jDatabase.at("bolt://h").token(PASSWORD).build("token");
                    Neo4jDatabase.at("bolt://h").user("ada").password(PASSWORD).build("user");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void buildingRevealsNoSecret() {
        Secret untouched = Secret.from(() -> {
            throw new AssertionError("revealed");
        });

        assertThatCode(() -> Neo4jDatabase.at("bolt://h").token(untouched).build("graph"))
                .doesNotThrowAnyException();
    }

    @Test
    void limitsReachTheDriver() {
        PoolSettings pool = PoolSettings.ofSize(7)
                .withWaitLimit(Duration.ofSeconds(3))
                .withMaxLifetime(Duration.ofMinutes(5))
                .withTestAfterIdle(Duration.ofSeconds(4));
        Config config = DriverConfig.of(
                new Neo4jSettings(address("bolt://h"), null, null, null, null, null, null, 42, pool),
                Duration.ofSeconds(20));

        assertThat(config.maxConnectionPoolSize()).isEqualTo(7);
        assertThat(config.connectionAcquisitionTimeoutMillis()).isEqualTo(3_000);
        assertThat(config.connectionTimeoutMillis()).isEqualTo(3_000);
        assertThat(config.maxConnectionLifetimeMillis()).isEqualTo(300_000);
        assertThat(config.idleTimeBeforeConnectionTest()).isEqualTo(4_000);
        assertThat(config.fetchSize()).isEqualTo(42);
    }

    @Test
    void theDriverAsksEachHostThatIsNamedInTheirOrder() {
        Neo4jSettings several = settings(address("neo4j://one,two:7688"), null);

        assertThat(DriverConfig.of(several, Duration.ofSeconds(1)).resolver().resolve(ServerAddress.of("one", 7687)))
                .containsExactly(ServerAddress.of("one", 7687), ServerAddress.of("two", 7688));
        assertThat(DriverConfig.of(settings(address("neo4j://one"), null), Duration.ofSeconds(1))
                        .resolver())
                .as("the driver's own, which looks the host up")
                .isNull();
    }
}
