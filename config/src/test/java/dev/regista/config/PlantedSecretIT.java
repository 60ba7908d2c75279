package dev.regista.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.regista.Registry;
import dev.regista.Secret;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A password that is planted in a configuration is found nowhere: not in logs at TRACE, exceptions, JMX, descriptions. */
@ExtendWith(LeakChecker.class)
class PlantedSecretIT {
    private static final String PLANTED = "pl4nted/s3$cr3t'@{x}";

    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<String> shown = new ArrayList<>();
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(loggers);
        encoder.setPattern("%level %logger %thread %mdc %msg%n%rEx{full}");
        encoder.start();
        appender.setContext(loggers);
        appender.setEncoder(encoder);
        appender.setOutputStream(log);
        appender.start();
        root.detachAppender("OUT");
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        root.setLevel(level);
        root.detachAppender(appender);
        appender.stop();
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"literal", "variable", "file", "from", "fields", "url"})
    void aFullCycleShowsNothingOfIt(String way) throws Exception {
        createRole();
        RegistryLoader loader = loader(way, postgres.url());

        shown.add(loader.describe());
        shown.add(loader.toString());
        try (Registry registry = loader.open()) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            database.run(session -> session.persist(new User("Ada")));
            shown.add(text(catchThrowable(
                    () -> database.run(session -> session.createNativeMutationQuery("insert into nowhere values (1)")
                            .executeUpdate()))));
            shown.add(registry.toString());
            shown.add(database.toString() + database.url() + database.holders() + database.pool());
            shown.add(beans());
        }

        nothingIsFound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"literal", "variable", "file", "from", "fields", "url"})
    void aDatabaseThatCannotBeOpenedShowsNothingOfIt(String way) throws Exception {
        RegistryLoader loader = loader(way, "jdbc:postgresql://localhost:1/nowhere");

        Throwable failure = catchThrowable(loader::open);

        shown.add(text(failure));
        assertThat(failure).isNotNull();
        nothingIsFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwrod: ~",
                "pool: {size: ~}",
                "required: ~",
                "kind: ~",
                "models: ~",
                "isolation: ~",
                "connect-timeout: ~",
                "on-open: ~",
                "data-source: ~",
                "password-file: ~",
                "password-from: ~",
                "user: [~]",
                "url: {scheme: ~}",
                "url: {scheme: postgresql, host: ~}",
                "url: {scheme: postgresql, port: ~}",
                "~: 1",
                "password: *unknown ~"
            })
    void inTheWrongPlaceItIsNotShownEither(String option) throws Exception {
        for (String value : List.of("'" + PLANTED.replace("'", "''") + "'", "${PLANTED}", "\"" + PLANTED)) {
            Path file = write("regista:\n  databases:\n    main:\n      " + option.replace("~", value) + "\n");

            Throwable failure = catchThrowable(() ->
                    Regista.load(file).environment(Map.of("PLANTED", PLANTED)).build());

            assertThat(failure).as(option).isInstanceOf(dev.regista.RegistaException.class);
            shown.add(text(failure));
        }
        nothingIsFound();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "from"})
    void aRotatedPasswordIsUsedForTheNextConnectionWithoutARestart(String way) throws Exception {
        createRole();
        AtomicReference<String> current = new AtomicReference<>(PLANTED);
        RegistryLoader loader = loader(way, postgres.url()).provide("vault", Secret.from(current::get));

        try (Registry registry = loader.open()) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            database.run(outer -> {
                outer.doWork(Connection::getCatalog);
                rotate("a new one", current);
                // The outer unit keeps the connection there was; this one needs another.
                database.requiresNew().run(inner -> inner.persist(new User("Ada")));
            });
            assertThat(database.pool().active() + database.pool().idle()).isEqualTo(2);
        }
    }

    private void rotate(String password, AtomicReference<String> current) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter role planted password '" + password + "'");
            Files.writeString(directory.resolve("secret"), password);
            current.set(password);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSecretsFileThatIsGoneIsNamed() throws Exception {
        createRole();

        try (Registry registry = loader("file", postgres.url()).open()) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            Path secret = directory.resolve("secret");
            database.run(outer -> {
                outer.doWork(Connection::getCatalog);
                secret.toFile().delete();
                Throwable failure =
                        catchThrowable(() -> database.requiresNew().run(inner -> inner.doWork(Connection::getCatalog)));
                assertThat(text(failure)).contains("the secret in the file '" + secret + "' cannot be read any more");
            });
        }
    }

    private RegistryLoader loader(String way, String url) throws IOException {
        String quoted = "'" + PLANTED.replace("'", "''") + "'";
        String credentials = switch (way) {
            case "literal" -> "user: planted\n      password: " + quoted;
            case "variable" -> "user: planted\n      password: ${PLANTED}";
            case "file" -> "user: planted\n      password-file: secret";
            case "from" -> "user: planted\n      password-from: vault";
            default -> "";
        };
        String at = switch (way) {
            case "url" -> "url: " + url.replace("jdbc:postgresql://", "postgresql://planted:" + encoded() + "@");
            case "fields" -> fields(url) + "        user: planted\n        password: " + quoted;
            default -> "url: " + url;
        };
        Files.writeString(directory.resolve("secret"), PLANTED);
        Path file = write("regista:\n  databases:\n    main:\n      models: dev.regista.config.User\n"
                + "      create-tables: true\n      log-queries: true\n      " + at + "\n      " + credentials + "\n");
        return Regista.load(file).environment(Map.of("PLANTED", PLANTED)).provide("vault", Secret.from(() -> PLANTED));
    }

    private static String fields(String url) {
        String[] parts = url.replaceFirst("jdbc:postgresql://", "").split("[:/?]");
        return "url:\n        scheme: postgresql\n        host: %s\n        port: %s\n        path: %s\n"
                .formatted(parts[0], parts[1], parts[2]);
    }

    private void createRole() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("do $do$ begin create role planted login superuser;"
                    + " exception when duplicate_object then null; end $do$");
            statement.execute("alter role planted password '" + PLANTED.replace("'", "''") + "'");
        }
        log.reset();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("regista.yaml"), yaml);
    }

    private static String encoded() {
        return URLEncoder.encode(PLANTED, StandardCharsets.UTF_8);
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text + String.valueOf(failure);
    }

    private static String beans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder text = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            text.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    text.append(server.getAttribute(name, attribute.getName())).append('\n');
                } catch (RuntimeException | JMException e) {
                    text.append(e).append('\n');
                }
            }
        }
        return text.toString();
    }

    /** Any six characters in a row of it, as they are or escaped for a URL. */
    private void nothingIsFound() {
        String all = String.join("\n", shown) + "\n" + log.toString(StandardCharsets.UTF_8);
        assertThat(all).hasSizeGreaterThan(200);
        for (String form : List.of(PLANTED, encoded())) {
            for (int i = 0; i + 6 <= form.length(); i++) {
                assertThat(all).doesNotContain(form.substring(i, i + 6));
            }
        }
    }
}
