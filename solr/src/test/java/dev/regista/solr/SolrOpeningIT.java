package dev.regista.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.regista.OpenFailedException;
import dev.regista.Secret;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.solr.client.solrj.RemoteSolrException;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.SolrQuery;
import org.apache.solr.common.SolrInputDocument;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What can go wrong while a database opens, and where its password goes. */
@ExtendWith(LeakChecker.class)
class SolrOpeningIT {
    private final SolrServer server = SolrServer.shared();

    private SolrDatabaseBuilder at(String url) {
        return SolrDatabase.at(url).user(server.user()).password(server.password());
    }

    private static void assertRefused(SolrDatabaseBuilder builder, String reason) {
        SolrDatabase database = builder.build("search");
        assertThatThrownBy(database::connect)
                .isInstanceOf(OpenFailedException.class)
                .hasMessageStartingWith("Database 'search' could not be opened")
                .hasMessageContaining(reason)
                .hasCauseInstanceOf(SolrServerException.class);
        assertThat(database.references()).isZero();
    }

    @Test
    void aWrongPasswordIsNamed() {
        assertRefused(
                SolrDatabase.at(server.url()).user(server.user()).password("wrong"),
                "the user 'regista' or the password was refused at " + server.url() + " (status 401)");
    }

    @Test
    void noPasswordIsNamed() {
        assertRefused(SolrDatabase.at(server.url()), "the server asks for a user and a password");
    }

    @Test
    void aMissingCoreIsNamed() {
        assertRefused(at(server.url() + "-old"), "there is no core or collection 'products-old'");
    }

    @Test
    void aPortWhereNobodyListensFailsAtOnce() {
        int port;
        try (FaultyServer closed = FaultyServer.silent()) {
            port = closed.port();
        }
        assertRefused(at("http://127.0.0.1:" + port + "/solr/products"), "ConnectException");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        try (FaultyServer silent = FaultyServer.silent()) {
            String url = "http://127.0.0.1:" + silent.port() + "/solr/products";
            assertRefused(at(url).requestTimeout(Duration.ofMillis(200)), "no answer from " + url + " within 200 ms");

            SolrDatabase database =
                    at(url).connectTimeout(Duration.ofMillis(200)).build("search");
            assertThatThrownBy(database::connect)
                    .isInstanceOf(OpenFailedException.class)
                    .hasMessageContaining("200 ms");
        }
    }

    @Test
    void aServerThatHangsUpIsGivenUp() {
        try (FaultyServer hangingUp = FaultyServer.hangingUp()) {
            assertRefused(at("http://127.0.0.1:" + hangingUp.port() + "/solr/products"), "failed");
        }
    }

    /** The time limit of the JDK's client ends with the head of an answer. */
    @Test
    void aServerThatStopsInTheMiddleOfAnAnswerIsGivenUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        HttpServer stalling = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stalling.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(2);
            exchange.getResponseBody().flush();
            new Thread(() -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        exchange.close();
                    })
                    .start();
        });
        stalling.start();
        try {
            String url = "http://127.0.0.1:" + stalling.getAddress().getPort() + "/solr/products";
            assertRefused(at(url).requestTimeout(Duration.ofMillis(200)), "within 200 ms");
        } finally {
            end.countDown();
            stalling.stop(0);
        }
    }

    @Test
    void aServerThatIsNoSolrIsRefused() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            byte[] page = "<html>Hello</html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        other.start();
        try {
            assertRefused(at("http://127.0.0.1:" + other.getAddress().getPort() + "/solr/products"), "failed");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void thePasswordCanBeRotatedWhileTheDatabaseIsOpen() throws SolrServerException {
        AtomicReference<String> current = new AtomicReference<>(server.password());
        SolrDatabase database = SolrDatabase.at(server.url())
                .user(server.user())
                .password(Secret.from(current::get))
                .build("search");
        database.connect();
        try (database) {
            database.run(session -> session.add(new SolrInputDocument("id", "a")));
            server.changePassword();
            assertThatThrownBy(() -> database.run(session -> session.add(new SolrInputDocument("id", "b"))))
                    .isInstanceOfSatisfying(
                            RemoteSolrException.class, e -> assertThat(e.code()).isEqualTo(401));
            current.set(server.password());
            database.run(session -> session.add(new SolrInputDocument("id", "c")));
            assertThat(database.<Boolean, SolrServerException>read(
                            session -> session.find("c").isPresent()))
                    .isTrue();
        }
    }

    @Test
    void aPasswordReachesTheServerAndNoText() {
        ListAppender<ILoggingEvent> everything = recordEverything();
        List<Throwable> failures = new ArrayList<>();
        String url = server.url().replace("//", "//" + server.user() + ":" + server.password() + "@");
        SolrDatabase database = SolrDatabase.at(url).build("search");
        SolrDatabase lost = SolrDatabase.at(url + "-old").build("lost");
        SolrDatabase wrong = SolrDatabase.at(server.url())
                .user("planted-user")
                .password(server.password())
                .build("wrong");
        try (database) {
            database.connect();
            database.run(session -> session.add(new SolrInputDocument("id", "a")));
            failures.add(catchThrowable(() -> database.run(session -> {
                session.add(new SolrInputDocument("nosuchfield", "a"));
            })));
            failures.add(catchThrowable(() -> database.read(session -> session.query(new SolrQuery("no:such")))));
            failures.add(catchThrowable(() -> database.client().ping("nosuchcore")));
            failures.add(catchThrowable(lost::connect));
            failures.add(catchThrowable(wrong::connect));
        } catch (SolrServerException e) {
            throw new AssertionError(e);
        } finally {
            stopRecording(everything);
        }
        String header = Base64.getEncoder()
                .encodeToString((server.user() + ":" + server.password()).getBytes(StandardCharsets.UTF_8));
        assertThat(failures).hasSize(5).doesNotContainNull();
        assertThat(failures)
                .allSatisfy(failure -> assertThat(trace(failure))
                        .doesNotContain(server.password())
                        .doesNotContain(header));
        assertThat(everything.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(text(event))
                        .doesNotContain(server.password())
                        .doesNotContain(header));
        assertThat(database + "" + lost + wrong + wrong.holders())
                .doesNotContain(server.password())
                .doesNotContain(header);
    }

    /** The JDK's client cannot be closed before JDK 21, but must at least go when nobody has it any more. */
    @Test
    void nothingOfAClosedClientStays() throws SolrServerException {
        for (int i = 0; i < 10; i++) {
            SolrDatabase database = at(server.url()).build("search");
            database.connect();
            database.read(session -> session.find("a"));
            database.disconnect();
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("HttpClient-"));
        });
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String text(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage() + thrown;
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
}
