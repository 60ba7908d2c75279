package dev.regista.testing;

import dev.regista.testing.LazyServer.Running;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Starts PostgreSQL from the binaries on the class path. */
final class EmbeddedPostgresServer {

    private static final Duration STARTUP = Duration.ofSeconds(30);
    private static final String USER = "regista";

    /** The library's own superuser must get in before {@link #USER} exists; everybody else needs a password. */
    private static final String AUTHENTICATION = """
            host all postgres 127.0.0.1/32 trust
            host all postgres ::1/128      trust
            host all all      127.0.0.1/32 scram-sha-256
            host all all      ::1/128      scram-sha-256
            """;

    private EmbeddedPostgresServer() {}

    static Running start(Path directory) throws IOException, SQLException {
        Path data = directory.resolve("data");
        EmbeddedPostgres server;
        try {
            server = configure(directory, data).start();
        } catch (IOException | RuntimeException e) {
            killPostmaster(data);
            throw e;
        }
        try {
            return new Running(withUser(server.getPort()), server);
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static EmbeddedPostgres.Builder configure(Path directory, Path data) throws IOException {
        Redirect console = Redirect.appendTo(directory.resolve("console.log").toFile());
        String flushed = Boolean.parseBoolean(System.getenv(TestServers.POSTGRES_DURABLE)) ? "on" : "off";
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(Binaries.cache(directory).toFile())
                .setDataDirectoryCustomizer(EmbeddedPostgresServer::requirePasswords)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP)
                .setOutputRedirector(console)
                .setErrorRedirector(console)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("fsync", flushed)
                .setServerConfig("synchronous_commit", flushed)
                .setServerConfig("full_page_writes", flushed)
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("max_connections", "200")
                .setServerConfig("scram_iterations", "1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_destination", "csvlog")
                .setServerConfig("log_filename", "server.log")
                .setServerConfig("log_rotation_age", "0")
                .setServerConfig("log_rotation_size", "0");
    }

    private static void requirePasswords(File data) {
        try {
            Files.writeString(data.toPath().resolve("pg_hba.conf"), AUTHENTICATION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerAddress withUser(int port) throws SQLException {
        String prefix = "jdbc:postgresql://127.0.0.1:" + port + "/";
        String password = "secret-" + UUID.randomUUID();
        try (AdminConnection root = new AdminConnection(new ServerAddress(prefix, "postgres", "", "postgres", ""))) {
            root.execute("CREATE ROLE " + USER + " SUPERUSER LOGIN PASSWORD '" + password + "'");
        }
        return new ServerAddress(prefix, "postgres", "", USER, password);
    }

    /** A server that came up too late would otherwise run for ever. */
    private static void killPostmaster(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            ProcessHandle.of(pid).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
            });
        }
    }
}
