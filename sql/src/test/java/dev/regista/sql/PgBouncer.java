package dev.regista.sql;

import dev.regista.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A PgBouncer of the system in transaction mode, for all databases of one server. */
final class PgBouncer implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^/:]+):(\\d+)/.*");

    /** It refuses to run as root, and changes to this user then. */
    private static final String UNPRIVILEGED = "nobody";

    private final Path directory;
    private final Process process;
    private final String url;

    private PgBouncer(Path directory, Process process, String url) {
        this.directory = directory;
        this.process = process;
        this.url = url;
    }

    static PgBouncer before(TestDatabase database) throws IOException {
        Path directory = Files.createTempDirectory("regista-pgbouncer");
        int port = freePort();
        Path users = Files.writeString(
                directory.resolve("users"), "\"%s\" \"%s\"\n".formatted(database.user(), database.password()));
        Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), settings(database, port, users));
        List<String> command = new ArrayList<>(List.of("pgbouncer", settings.toString()));
        if (System.getProperty("user.name").equals("root")) {
            var user = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED);
            for (Path each : List.of(directory, users, settings)) {
                Files.setOwner(each, user);
            }
            command.addAll(List.of("-u", UNPRIVILEGED));
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        // It must not outlive a run that is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        String url = "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s&prepareThreshold=0"
                .formatted(port, database.user(), database.password());
        PgBouncer bouncer = new PgBouncer(directory, process, url);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> bouncer.answers(port));
        } catch (RuntimeException e) {
            e.addSuppressed(new IllegalStateException(String.join("\n", bouncer.complaints())));
            bouncer.close();
            throw e;
        }
        return bouncer;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Idle connections end soon, because a test ends with the last connection to its database. */
    private static String settings(TestDatabase database, int port, Path users) {
        Matcher server = URL.matcher(database.url());
        if (!server.matches()) {
            throw new IllegalArgumentException(database.url());
        }
        return """
                [databases]
                * = host=%s port=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 2
                max_client_conn = 200
                server_idle_timeout = 0.1
                query_wait_timeout = 20
                ignore_startup_parameters = extra_float_digits
                """.formatted(server.group(1), server.group(2), port, users);
    }

    private boolean answers(int port) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("PgBouncer ended with " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (java.net.ConnectException e) {
            return false;
        }
    }

    /** {@return the URL of an administrative database, with user and password} */
    String url() {
        return url;
    }

    /** {@return the lines of its log that are of the level WARNING or worse} */
    List<String> complaints() throws IOException {
        return Files.readAllLines(directory.resolve("log")).stream()
                .filter(line -> !line.contains(" LOG "))
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
