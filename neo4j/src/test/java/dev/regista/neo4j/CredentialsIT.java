package dev.regista.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.regista.ConfigurationException;
import dev.regista.Connection;
import dev.regista.Isolation;
import dev.regista.OpenFailedException;
import dev.regista.Secret;
import dev.regista.testing.LeakChecker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.FatalDiscoveryException;
import org.neo4j.driver.exceptions.SecurityException;
import org.slf4j.LoggerFactory;

/** Who logs in, over what kind of connection, and what becomes of the secrets. */
class CredentialsIT {
    private static TestGraph graph;

    @RegisterExtension
    final LeakChecker leaks = new LeakChecker();

    private final String user = "u" + UUID.randomUUID().toString().replace("-", "");
    private final String password = "first-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        graph = new TestGraph();
    }

    @AfterAll
    static void stop() {
        graph.close();
    }

    /** Of its own, because the server locks out a user whose password was wrong too often. */
    @BeforeEach
    void createUser() {
        graph.tell(
                "CREATE USER $user SET PASSWORD $password CHANGE NOT REQUIRED",
                Map.of("user", user, "password", password));
    }

    @AfterEach
    void dropUser() {
        graph.tell("DROP USER $user", Map.of("user", user));
    }

    private static Neo4jDatabaseBuilder at(String url) {
        return Neo4jDatabase.at(url).pool(TestGraph.WITHOUT_LIMIT);
    }

    private Neo4jDatabaseBuilder database() {
        return at(graph.server().url()).user(user);
    }

    private static int one(TransactionContext tx) {
        return tx.run("RETURN 1").single().get(0).asInt();
    }

    // ---- refused

    @Test
    void aWrongPasswordFailsTheOpening() {
        OpenFailedException refusal = catchThrowableOfType(
                OpenFailedException.class, () -> database().password("wr0ng").open("graph"));

        assertThat(refusal).hasCauseInstanceOf(AuthenticationException.class).hasMessageContaining("'graph'");
        assertThat(trace(refusal)).doesNotContain("wr0ng").doesNotContain(password);
    }

    @Test
    void aWrongDatabaseFailsTheOpening() {
        assertThatThrownBy(
                        () -> database().password(password).database("nowhere").open("graph"))
                .isInstanceOf(OpenFailedException.class)
                .hasMessageContaining("nowhere")
                .hasCauseInstanceOf(FatalDiscoveryException.class);
    }

    @Test
    void nobodyIsLetInWhereOneMustLogIn() {
        assertThatThrownBy(() -> at(graph.server().url()).open("graph"))
                .isInstanceOf(OpenFailedException.class)
                .hasCauseInstanceOf(SecurityException.class);
    }

    @Test
    void aTokenIsSentAsATokenAndRefusedByAServerThatKnowsNone() {
        Throwable refusal =
                catchThrowable(() -> at(graph.server().url()).token("t0ken").open("graph"));

        assertThat(refusal).isInstanceOf(OpenFailedException.class).hasCauseInstanceOf(SecurityException.class);
        assertThat(refusal).hasMessageContaining("bearer");
        assertThat(trace(refusal)).doesNotContain("t0ken");
    }

    @Test
    void whatTheSupplierOfASecretThrowsFailsTheOpening() {
        IllegalStateException failure = new IllegalStateException("no vault");
        Secret broken = Secret.from(() -> {
            throw failure;
        });

        assertThatThrownBy(() -> database().password(broken).open("graph"))
                .isInstanceOf(OpenFailedException.class)
                .hasCause(failure);
    }

    @Test
    void aDatabaseMayBeNamedInTheUrlOrOutsideOfIt() {
        try (Neo4jDatabase inUrl = at(graph.server().url() + "/neo4j")
                        .user(user)
                        .password(password)
                        .open("graph");
                Neo4jDatabase system =
                        database().password(password).database("system").open("system")) {
            assertThat(inUrl.<Integer, RuntimeException>read(CredentialsIT::one))
                    .isOne();
            assertThat(system.databaseName()).hasValue("system");
        }
    }

    // ---- rotation

    @Test
    void aPasswordIsRotatedWithoutARestart() {
        AtomicReference<String> secret = new AtomicReference<>(password);
        AtomicInteger revealed = new AtomicInteger();
        Secret rotating = Secret.from(() -> {
            revealed.incrementAndGet();
            return secret.get();
        });
        try (Neo4jDatabase database = database().password(rotating).open("graph")) {
            assertThat(database.<Integer, RuntimeException>call(CredentialsIT::one))
                    .isOne();
            secret.set("second-" + UUID.randomUUID());
            graph.tell(
                    "ALTER USER $user SET PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("user", user, "password", secret.get()));
            try (Connection<TransactionContext> first = database.get();
                    Connection<TransactionContext> second = database.get()) {
                assertThat(one(first.session()) + one(second.session())).isEqualTo(2);
                assertThat(database.<Integer, RuntimeException>read(CredentialsIT::one))
                        .as("on a third connection, without a transaction")
                        .isOne();
            }

            assertThat(revealed).as("at the opening, and when it was refused").hasValue(2);
        }
    }

    @Test
    void aPasswordThatIsRefusedAndHasNotChangedIsNotTriedAgain() {
        AtomicInteger revealed = new AtomicInteger();
        Secret unchanged = Secret.from(() -> {
            revealed.incrementAndGet();
            return password;
        });
        try (Neo4jDatabase database = database().password(unchanged).open("graph")) {
            graph.tell("ALTER USER $user SET PASSWORD 'another-one' CHANGE NOT REQUIRED", Map.of("user", user));
            try (Connection<TransactionContext> pooled = database.get()) {
                assertThat(pooled.isOpen()).isTrue();
                assertThatThrownBy(database::get).isInstanceOf(AuthenticationException.class);
                assertThatThrownBy(() -> database.requiresNew().read(CredentialsIT::one))
                        .isInstanceOf(AuthenticationException.class);
            }

            assertThat(revealed).hasValue(3);
            assertThat(database.holders()).isEmpty();
        }
    }

    @Test
    void aRotationUnderLoadFailsNobody() throws Exception {
        AtomicReference<String> secret = new AtomicReference<>(password);
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch working = new CountDownLatch(8);
        AtomicInteger afterwards = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Neo4jDatabase database =
                database().password(Secret.from(secret::get)).open("graph")) {
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                load.add(threads.submit(() -> {
                    while (!stop.get()) {
                        database.run(tx -> assertThat(one(tx)).isOne());
                        assertThat(database.<Integer, RuntimeException>read(CredentialsIT::one))
                                .isOne();
                        working.countDown();
                        afterwards.incrementAndGet();
                    }
                }));
            }
            assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 2; i++) {
                secret.set("rotated-" + UUID.randomUUID());
                graph.tell(
                        "ALTER USER $user SET PASSWORD $password CHANGE NOT REQUIRED",
                        Map.of("user", user, "password", secret.get()));
                List<Connection<TransactionContext>> more = new ArrayList<>();
                for (int k = 0; k < 4; k++) {
                    more.add(database.get());
                }
                more.forEach(Connection::close);
                int seen = afterwards.get();
                await().until(() -> afterwards.get() > seen + 20);
            }
            stop.set(true);
            for (Future<?> each : load) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            stop.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    // ---- encryption

    @Test
    void anyCertificateIsGoodEnoughWithSsc() {
        try (Neo4jDatabase database = encrypted("bolt+ssc").open("graph");
                Neo4jDatabase stated =
                        encrypted("bolt").encryption(Encryption.UNVERIFIED).open("stated")) {
            assertThat(database.driver().isEncrypted()).isTrue();
            assertThat(stated.driver().isEncrypted()).isTrue();
            assertThat(database.<Integer, RuntimeException>read(CredentialsIT::one))
                    .isOne();
        }
    }

    @Test
    void anUnknownCertificateIsRefused() {
        assertThatThrownBy(() -> encrypted("bolt+s").open("graph"))
                .isInstanceOf(OpenFailedException.class)
                .hasCauseInstanceOf(SecurityException.class);
    }

    @Test
    void aCertificateFileMakesItKnown() {
        try (Neo4jDatabase database = encrypted("bolt+s")
                .certificateFile(graph.server().certificate())
                .open("graph")) {
            assertThat(database.driver().isEncrypted()).isTrue();
            assertThat(database.<Integer, RuntimeException>read(CredentialsIT::one))
                    .isOne();
        }
    }

    @Test
    void aCertificateFileThatIsNotThereFailsTheOpening() {
        assertThatThrownBy(() -> encrypted("bolt+s")
                        .certificateFile(Path.of("no-such-file.pem"))
                        .open("graph"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no-such-file.pem");
    }

    @Test
    void thereIsNoEncryptionUnlessItIsAskedFor() {
        try (Neo4jDatabase database = database().password(password).open("graph")) {
            assertThat(database.driver().isEncrypted()).isFalse();
        }
    }

    private Neo4jDatabaseBuilder encrypted(String scheme) {
        return at(scheme + "://" + graph.server().host() + ":" + graph.server().port())
                .user(user)
                .password(password);
    }

    // ---- nothing tells

    @Test
    void noPasswordIsInAnyText() {
        StringBuffer text = new StringBuffer();
        try (Eavesdropper listening = new Eavesdropper(text)) {
            String url = "bolt://" + user + ":" + password + "@"
                    + graph.server().host() + ":" + graph.server().port();
            try (Neo4jDatabase database =
                    Neo4jDatabase.at(url).pool(TestGraph.WITHOUT_LIMIT).open("graph")) {
                text.append(database).append(database.url()).append(database.driver());
                database.run(tx -> text.append(database.holders()).append(tx));
                text.append(trace(catchThrowable(() -> database.run(tx -> tx.run("NONSENSE")))));
                text.append(trace(catchThrowable(
                        () -> database.isolation(Isolation.SERIALIZABLE).run(tx -> one(tx)))));
            }
            text.append(trace(catchThrowable(
                    () -> at("bolt://" + user + ":" + password + "@127.0.0.1:1").open("closed-port"))));
            text.append(trace(catchThrowable(() -> at(url).database("nowhere").open("no-database"))));
            assertThat(listening.heard()).isGreaterThan(50);
        }

        assertThat(text.toString()).contains("LOGON").doesNotContain(password);
    }

    /** All that is logged: by the driver to the platform's logger, by Netty and Regista to SLF4J. */
    private static final class Eavesdropper extends Handler implements AutoCloseable {
        private final StringBuffer text;
        private final AtomicInteger heard = new AtomicInteger();
        private final java.util.logging.Logger platform = java.util.logging.Logger.getLogger("");
        private final java.util.logging.Level platformLevel = platform.getLevel();
        private final Handler[] platformHandlers = platform.getHandlers();
        private final ch.qos.logback.classic.Logger root =
                (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final Level rootLevel = root.getLevel();
        private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                heard.incrementAndGet();
                text.append(event.getFormattedMessage());
                if (event.getThrowableProxy() != null) {
                    text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
                }
            }
        };

        Eavesdropper(StringBuffer text) {
            this.text = text;
            for (Handler handler : platformHandlers) {
                platform.removeHandler(handler);
            }
            platform.addHandler(this);
            platform.setLevel(java.util.logging.Level.ALL);
            setLevel(java.util.logging.Level.ALL);
            appender.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
            appender.start();
            root.addAppender(appender);
            root.setLevel(Level.TRACE);
            root.getAppender("OUT").stop();
        }

        int heard() {
            return heard.get();
        }

        @Override
        public void publish(LogRecord event) {
            heard.incrementAndGet();
            text.append(event.getMessage());
            if (event.getThrown() != null) {
                text.append(trace(event.getThrown()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.setLevel(rootLevel);
            root.detachAppender(appender);
            root.getAppender("OUT").start();
            platform.removeHandler(this);
            platform.setLevel(platformLevel);
            for (Handler handler : platformHandlers) {
                platform.addHandler(handler);
            }
        }
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        if (failure != null) {
            failure.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
