package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.regista.ConfigurationException;
import dev.regista.Database;
import dev.regista.DatabaseDownException;
import dev.regista.DatabaseUrl;
import dev.regista.OpenFailedException;
import dev.regista.Registry;
import dev.regista.Secret;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What can go wrong while a database opens: nothing half open, nothing leaked, and no secret in any text. */
@ExtendWith(LeakChecker.class)
class OpeningIT {
    private static final String PLANTED = "pl4nted-p@ss/w:rd%";

    @Test
    void constructionDoesNoIo() {
        SqlDatabase database =
                SqlDatabase.at("jdbc:postgresql://no.such.host.invalid/shop").build("main");

        assertThat(database.status()).isEqualTo(Database.Status.CLOSED);
        assertThat(database.toString())
                .isEqualTo("SQL database 'main' at jdbc:postgresql://no.such.host.invalid/shop (closed)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
    void aPortWhereNobodyListensFailsAtOnce(String product) {
        int port;
        try (FaultyServer closed = FaultyServer.silent()) {
            port = closed.port();
        }
        SqlDatabase database = SqlDatabase.at("jdbc:" + product + "://127.0.0.1:" + port + "/shop")
                .build("main");

        assertThatThrownBy(database::connect)
                .isInstanceOf(OpenFailedException.class)
                .hasMessageStartingWith("Database 'main' could not be opened")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(database.references()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
    void aServerThatAcceptsAndNeverAnswersIsGivenUpAfterTheConnectTimeout(String product) {
        try (FaultyServer silent = FaultyServer.silent()) {
            SqlDatabase database = SqlDatabase.at("jdbc:" + product + "://127.0.0.1:" + silent.port() + "/shop")
                    .user("shop")
                    .connectTimeout(Duration.ofSeconds(1))
                    .build("main");

            assertThatThrownBy(database::connect).isInstanceOf(OpenFailedException.class);
            assertThat(database.status()).isEqualTo(Database.Status.CLOSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
    void aServerThatHangsUpIsReported(String product) {
        try (FaultyServer rude = FaultyServer.hangingUp()) {
            SqlDatabase database = SqlDatabase.at("jdbc:" + product + "://127.0.0.1:" + rude.port() + "/shop")
                    .user("shop")
                    .build("main");

            assertThatThrownBy(database::connect)
                    .isInstanceOf(OpenFailedException.class)
                    .hasCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void anUnknownDriverIsAMistakeInTheSettingsThatNamesTheDriversThereAre() {
        SqlDatabase database = SqlDatabase.at("jdbc:nosuch://host/shop;user=shop;password=" + PLANTED)
                .build("main");

        assertThatThrownBy(database::connect)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("jdbc:nosuch://host/shop")
                .hasMessageContaining("org.postgresql.Driver")
                .satisfies(OpeningIT::revealsNothing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://host:notaport/shop", "jdbc:h2:nosuchform:\0x", "jdbc:mariadb:nonsense"})
    void aMalformedJdbcUrlIsReportedWithoutHanging(String url) {
        SqlDatabase database =
                SqlDatabase.at(url).connectTimeout(Duration.ofSeconds(5)).build("main");

        assertThatThrownBy(database::connect).isInstanceOfAny(ConfigurationException.class, OpenFailedException.class);
        assertThat(database.status()).isEqualTo(Database.Status.CLOSED);
    }

    @Test
    void aWrongPasswordIsReportedAndNeverPrinted() throws SQLException {
        String url = "jdbc:h2:mem:guarded";
        try (java.sql.Connection keeper = DriverManager.getConnection(url, "sa", "right")) {
            ListAppender<ILoggingEvent> everything = recordEverything();
            try (keeper) {
                SqlDatabase database =
                        SqlDatabase.at(url).user("sa").password(PLANTED).build("main");

                assertThatThrownBy(database::connect)
                        .isInstanceOf(OpenFailedException.class)
                        .satisfies(OpeningIT::revealsNothing);
                assertThatThrownBy(() -> Registry.builder().main(database).open())
                        .satisfies(OpeningIT::revealsNothing);
                assertThat(database.toString()).doesNotContain(PLANTED);
            } finally {
                stopRecording(everything);
            }
            assertThat(everything.list).isNotEmpty().allSatisfy(OpeningIT::revealsNothing);
        }
    }

    @Test
    void postgresTellsAWrongPasswordFromARightOne() throws Exception {
        try (TestDatabase server = TestServers.postgres().newDatabase();
                java.sql.Connection admin = server.connect();
                Statement statement = admin.createStatement()) {
            Path rules = Path.of(hbaFile(statement));
            String before = Files.isWritable(rules) ? Files.readString(rules) : null;
            statement.execute("set password_encryption = 'scram-sha-256'");
            statement.execute("create role guarded login password '" + PLANTED + "'");
            try {
                if (before != null) { // the embedded server trusts everyone; any other asks for passwords already
                    Files.writeString(rules, "host all guarded all scram-sha-256\n" + before);
                    statement.execute("select pg_reload_conf()");
                }
                SqlDatabaseBuilder guarded = SqlDatabase.at(server.url()).user("guarded");
                Awaitility.await()
                        .untilAsserted(() -> assertThatThrownBy(
                                        guarded.password("wrong-" + PLANTED).build("main")::connect)
                                .isInstanceOf(OpenFailedException.class)
                                .hasMessageContaining("password authentication failed")
                                .satisfies(OpeningIT::revealsNothing));
                try (SqlDatabase right = guarded.password(PLANTED).build("main")) {
                    right.connect();
                    right.jdbc()
                            .run(connection -> assertThat(connection.isValid(1)).isTrue());
                }
            } finally {
                if (before != null) {
                    Files.writeString(rules, before);
                    statement.execute("select pg_reload_conf()");
                }
                statement.execute("drop role guarded");
            }
        }
    }

    private static String hbaFile(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("show hba_file")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aPasswordInTheUrlReachesTheServerAndNoText() {
        ListAppender<ILoggingEvent> everything = recordEverything();
        String url = DatabaseUrl.builder("h2").path("mem:secretive").build().reveal();
        SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:secretive;USER=sa;PASSWORD=" + PLANTED)
                .models(Book.class, Review.class)
                .createTables(true)
                .logQueries(true)
                .build("main");
        try (database) {
            database.connect();
            database.run(session -> session.persist(new Book("Emma")));
            SqlDatabase wrong = SqlDatabase.at(url).user("sa").password("wrong").build("wrong");
            assertThatThrownBy(wrong::connect)
                    .as("the password was set by the first connection")
                    .isInstanceOf(OpenFailedException.class);
            assertThat(database.url()).isEqualTo("jdbc:h2:mem:secretive");
        } finally {
            stopRecording(everything);
        }
        assertThat(everything.list).isNotEmpty().allSatisfy(OpeningIT::revealsNothing);
    }

    @Test
    void aRotatedPasswordIsUsedByTheNextPhysicalConnection() throws SQLException {
        AtomicReference<String> current = new AtomicReference<>("first");
        SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:rotating")
                .user("sa")
                .password(Secret.from(current::get))
                .pool(PoolSettings.ofSize(2))
                .build("main");
        try (database) {
            database.connect();
            database.jdbc().run(held -> {
                try (var statement = held.createStatement()) {
                    statement.execute("alter user sa set password 'second'");
                }
            });
            current.set("second");
            database.jdbc()
                    .run(held -> database.jdbc()
                            .requiresNew()
                            .run(other -> assertThat(other.isValid(1)).isTrue()));
        }
    }

    @Test
    void aMappingThatCannotWorkFailsTheOpeningThatNeedsItAndLeavesNothing() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh()) {
            SqlDatabase database =
                    fresh.at().models(Dangling.class).createTables(true).build("main");

            assertThatThrownBy(database::connect)
                    .isInstanceOf(OpenFailedException.class)
                    .hasStackTraceContaining("Unlisted");
        }
    }

    @Test
    void aMappingThatCannotWorkDoesNotStopPlainJdbc() throws SQLException {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database = fresh.at().models(Dangling.class).build("main")) {
            database.connect();
            database.jdbc().run(connection -> assertThat(connection.isValid(1)).isTrue());
            assertThatThrownBy(() -> database.run(session -> {})).hasStackTraceContaining("Unlisted");
            assertThat(database.holders()).isEmpty();
            assertThat(database.pool().active()).isZero();
        }
    }

    @Test
    void whatNeedNotBeUpRecoversWithoutARestart() {
        try (TestDatabase server = TestServers.postgres().newDatabase();
                FaultyServer wire = forwardingTo(server.url())) {
            wire.refuse();
            try (Registry registry = Registry.builder()
                    .main(SqlDatabase.at("jdbc:h2:mem:up"))
                    .extra(
                            "down",
                            SqlDatabase.at(server.url().replaceFirst(":\\d+/", ":" + wire.port() + "/"))
                                    .user(server.user())
                                    .password(server.password())
                                    .required(false))
                    .open()) {
                SqlDatabase down = registry.database("down", SqlDatabase.class);
                assertThat(registry.main().isOpen()).isTrue();
                assertThat(down.status()).isEqualTo(Database.Status.DOWN);
                assertThatThrownBy(() -> down.jdbc().run(connection -> {}))
                        .isInstanceOf(DatabaseDownException.class)
                        .hasCauseInstanceOf(OpenFailedException.class);

                wire.restore();

                Awaitility.await().atMost(Duration.ofSeconds(20)).until(down::isOpen);
                assertThat(down.<Boolean, RuntimeException>read(org.hibernate.Session::isOpen))
                        .isTrue();
            }
        }
    }

    private static FaultyServer forwardingTo(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        return FaultyServer.forwardingTo(uri.getHost(), uri.getPort());
    }

    private static ListAppender<ILoggingEvent> recordEverything() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        root().setLevel(Level.TRACE);
        root().getAppender("OUT").stop();
        root().addAppender(appender);
        return appender;
    }

    private static void stopRecording(ListAppender<ILoggingEvent> appender) {
        root().detachAppender(appender);
        root().getAppender("OUT").start();
        root().setLevel(Level.WARN);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private static void revealsNothing(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        assertThat(event.getFormattedMessage() + thrown).doesNotContain(PLANTED);
    }

    private static void revealsNothing(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).doesNotContain(PLANTED);
    }

    @Entity
    static class Dangling {
        @Id
        int id;

        @ManyToOne
        Unlisted unlisted;
    }

    @Entity
    static class Unlisted {
        @Id
        int id;
    }
}
