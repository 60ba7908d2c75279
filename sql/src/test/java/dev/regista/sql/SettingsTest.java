package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.regista.ConfigurationException;
import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import dev.regista.sql.tenancy.TenantDatabases;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are checked when the database is built, all at once, and URLs lose their credentials before anyone sees them. */
class SettingsTest {
    @Test
    void aClassThatIsNoModelIsRefused() {
        assertThatThrownBy(() -> SqlDatabase.at("jdbc:h2:mem:x")
                        .models(Country.class, String.class)
                        .build("main"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("java.lang.String is no model");
    }

    @Test
    void anH2UrlWithAHostDoesNotMeanALocalFile() {
        assertThatThrownBy(() -> SqlDatabase.at("h2://db:9092/mem:x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("jdbc:h2:tcp://");
    }

    @Test
    void databasesOfTenantsThatCannotWorkAreRefused() {
        SqlDatabaseBuilder builder = SqlDatabase.at("jdbc:h2:mem:x")
                .models(Label.class)
                .tenantDatabases(TenantDatabases.at("jdbc:postgresql://db/all")
                        .withBudget(1)
                        .withPoolSize(2)
                        .withIdleTimeout(Duration.ZERO));
        assertThatThrownBy(() -> builder.build("main"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must have {tenant} in it")
                .hasMessageContaining("the budget must be at least 2, not 1")
                .hasMessageContaining("less than the budget of 1, not 2")
                .hasMessageContaining("idle timeout");
        assertThatThrownBy(() -> SqlDatabase.at("jdbc:h2:mem:x")
                        .models(Country.class)
                        .tenantDatabases(TenantDatabases.at("postgresql://u:s3cret@db/{tenant}"))
                        .build("main"))
                .hasMessageContaining("no tenant models")
                .hasMessageContaining("same product")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> SqlDatabase.at("jdbc:h2:mem:x")
                        .models(Label.class)
                        .tenantDatabases(TenantDatabases.at("jdbc:h2:mem:{tenant}"))
                        .build("main"))
                .hasMessageContaining("DB_CLOSE_DELAY=-1");
        assertThat(TenantDatabases.at("postgresql://u:s3cret@db/{tenant}").toString())
                .doesNotContain("s3cret");
    }

    @Test
    void aCacheThatIsGivenIsRefusedWithTenants() {
        assertThatThrownBy(() -> SqlDatabase.at("jdbc:h2:mem:x")
                        .models(Label.class)
                        .hibernateProperty("hibernate.cache.region.factory_class", "jcache")
                        .build("main"))
                .hasMessageContaining("second-level cache");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        SqlDatabaseBuilder builder = SqlDatabase.at("jdbc:h2:mem:")
                .password("secret")
                .schema(" ")
                .batchSize(0)
                .pool(PoolSettings.ofSize(0)
                        .withOverflow(-1)
                        .withWaitLimit(Duration.ofMillis(1))
                        .withMaxLifetime(Duration.ofSeconds(1))
                        .withIdleTimeout(Duration.ofSeconds(1)))
                .hibernateProperty("hibernate.hbm2ddl.auto", "create-drop")
                .hibernateProperty("hibernate.connection.url", "jdbc:h2:mem:other");

        assertThatThrownBy(() -> builder.build("main"))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(11)
                                .anyMatch(problem -> problem.contains("pool size must be at least 1, not 0"))
                                .anyMatch(problem -> problem.contains("overflow must not be negative"))
                                .anyMatch(problem -> problem.contains("wait limit must be at least PT0.25S"))
                                .anyMatch(problem -> problem.contains("maximum lifetime"))
                                .anyMatch(problem -> problem.contains("idle timeout"))
                                .anyMatch(problem -> problem.contains("password, but no user"))
                                .anyMatch(problem -> problem.contains("schema"))
                                .anyMatch(problem -> problem.contains("batch size must be at least 1"))
                                .anyMatch(problem -> problem.contains("hibernate.hbm2ddl.auto"))
                                .anyMatch(problem -> problem.contains("hibernate.connection.url")));
    }

    @Test
    void whatIsSetOnTheBuilderLaterDoesNotReachWhatWasBuilt() {
        SqlDatabaseBuilder builder = SqlDatabase.at("jdbc:h2:mem:");
        SqlDatabase before = builder.build("main");
        builder.models(Book.class);

        assertThat(before.models()).isEmpty();
        assertThat(builder.build("main").models()).containsExactly(Book.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://h:5432/shop?user=ada&password=p%40ss&ssl=true | jdbc:postgresql://h:5432/shop?ssl=true | ada | p@ss
            jdbc:postgresql://h/shop?ssl=true&password=a+b&user=ada         | jdbc:postgresql://h/shop?ssl=true      | ada | a+b
            jdbc:mysql://ada:p%3Ass@h/shop                                  | jdbc:mysql://h/shop                    | ada | p:ss
            jdbc:mariadb://h/shop?user=ada&password=p%40ss                  | jdbc:mariadb://h/shop                  | ada | p%40ss
            jdbc:h2:mem:shop;USER=sa;PASSWORD=x y;MODE=MySQL                | jdbc:h2:mem:shop;MODE=MySQL            | sa  | x y
            jdbc:sqlserver://h;user=sa;password=x;encrypt=true              | jdbc:sqlserver://h;encrypt=true        | sa  | x
            jdbc:postgresql://h1:1,h2:2/shop?user=ada                       | jdbc:postgresql://h1:1,h2:2/shop       | ada |
            postgresql://ada:p%40%2F%3A%25@h:5432/my%20shop                 | jdbc:postgresql://h:5432/my%20shop     | ada | p@/:%
            mariadb://ada:x@[::1]:3306/shop                                 | jdbc:mariadb://[::1]:3306/shop         | ada | x
            sqlite:///shop.db                                               | jdbc:sqlite:shop.db                    |     |
            sqlite:////var/lib/shop.db                                      | jdbc:sqlite:/var/lib/shop.db           |     |
            sqlite://                                                       | jdbc:sqlite::memory:                   |     |
            sqlite+pysqlite://                                              | jdbc:sqlite::memory:                   |     |
            h2:///mem:shop                                                  | jdbc:h2:mem:shop                       |     |
            """)
    void credentialsAreTakenOutOfUrls(String given, String url, String user, String password) {
        JdbcTarget target = JdbcTarget.of(given);

        assertThat(target.url()).isEqualTo(url);
        assertThat(target.user()).isEqualTo(user);
        assertThat(target.password() == null ? null : target.password().reveal())
                .isEqualTo(password);
        assertThat(target.toString()).isEqualTo(url);
    }

    @Test
    void aPasswordOfAwkwardCharactersSurvivesTheWayThroughAUrl() {
        String password = "p@/:%?#&=+ ;äß\"'";
        DatabaseUrl url = DatabaseUrl.builder("postgresql")
                .user("a:b@c")
                .password(Secret.of(password))
                .host("h")
                .path("shop")
                .build();

        JdbcTarget target = JdbcTarget.of(url.reveal());

        assertThat(target.user()).isEqualTo("a:b@c");
        assertThat(target.password().reveal()).isEqualTo(password);
        assertThat(target.url()).isEqualTo("jdbc:postgresql://h/shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oracle://h/shop", "just text", "", "postgresql:///shop", "://", "mysql://:secret@h/shop"})
    void aUrlThatCannotWorkIsRefusedWithoutShowingItsPassword(String url) {
        assertThatThrownBy(() -> SqlDatabase.at(url))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void parametersOfAGeneralUrlAndDriverPropertiesReachTheDriver() {
        JdbcTarget target =
                JdbcTarget.of("postgresql://h/shop?ssl=true").withDriverProperties(Map.of("ApplicationName", "shop"));

        assertThat(target.driverProperties()).containsEntry("ssl", "true").containsEntry("ApplicationName", "shop");
    }

    @Test
    void credentialsCannotBeAppliedToADataSource() {
        assertThatThrownBy(() -> SqlDatabase.at(new org.h2.jdbcx.JdbcDataSource())
                        .user("sa")
                        .build("main"))
                .isInstanceOf(ConfigurationException.class)
                .extracting(e -> ((ConfigurationException) e).problems(), LIST)
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:mem:,PER_CONNECTION",
        "jdbc:h2:mem:;MODE=MySQL,PER_CONNECTION",
        "jdbc:h2:mem:shop,WHILE_CONNECTED",
        "jdbc:h2:./file,NO",
        "jdbc:sqlite:,PER_CONNECTION",
        "jdbc:sqlite::memory:,PER_CONNECTION",
        "jdbc:sqlite:file:x?mode=memory&cache=shared,WHILE_CONNECTED",
        "jdbc:sqlite:shop.db,NO",
        "jdbc:postgresql://h/x,NO"
    })
    void theLifeOfInMemoryDatabasesIsKnown(String url, InMemory expected) {
        assertThat(InMemory.of(url)).isEqualTo(expected);
    }
}
