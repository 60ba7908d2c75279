package dev.regista.testing.neo4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Neo4j server over Bolt, in a process of its own, started once per JVM at first use and stopped when the JVM exits. It
 * checks passwords, takes encrypted connections and others on one port of the loopback interface, with a certificate that
 * nobody but it has signed, looks ten times a second for transactions that are past their time limit, and waits one second
 * for what a bookmark names. Thread-safe.
 */
public final class Neo4jServer {
    static final String HOST = "127.0.0.1";

    private static final String CLASS_PATH = "class-path";
    private static final long START_SECONDS = 60;
    private static @Nullable Neo4jServer shared;

    private final Path home;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private @Nullable Process process;

    private Neo4jServer(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /**
     * Returns the server, started if it is not running yet, which takes some seconds.
     *
     * @throws IllegalStateException if it does not start
     */
    public static synchronized Neo4jServer shared() {
        Neo4jServer present = shared;
        if (present == null) {
            present = create();
            shared = present;
        }
        present.start();
        return present;
    }

    private static Neo4jServer create() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path home = Files.createTempDirectory("regista-neo4j");
            Neo4jServer server = new Neo4jServer(home, free.getLocalPort());
            Runtime.getRuntime().addShutdownHook(new Thread(server::stopForGood, "stop-neo4j"));
            Certificates.create(home);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address to connect to. */
    public String host() {
        return HOST;
    }

    /** Returns the port to connect to, the same after each start. */
    public int port() {
        return port;
    }

    /** Returns the URL for connections to this server and no other. */
    public String url() {
        return "bolt://" + HOST + ":" + port;
    }

    /** Returns the name of the administrator. */
    public String user() {
        return "neo4j";
    }

    /** Returns the administrator's password. */
    public String password() {
        return password;
    }

    /** Returns the file with the server's certificate. */
    public Path certificate() {
        return home.resolve(Certificates.CERTIFICATE);
    }

    /** Ends the process at once, as a crash does. Its data stays. Does nothing if it is not running. */
    public synchronized void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
            process = null;
        }
    }

    /**
     * Starts the server with the data that it had. Does nothing if it is running.
     *
     * @throws IllegalStateException if it does not start
     */
    public synchronized void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            Files.deleteIfExists(home.resolve(ServerProcess.READY));
            Process started = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
            process = started;
            awaitReady(started);
        } catch (IOException | InterruptedException e) {
            kill();
            throw new IllegalStateException("Neo4j did not start: " + e, e);
        }
    }

    private void awaitReady(Process started) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(home.resolve(ServerProcess.READY))) {
            boolean dead = started.waitFor(10, TimeUnit.MILLISECONDS);
            if (dead || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException("Neo4j did not start:\n" + Files.readString(log()));
            }
        }
    }

    private Path log() {
        return home.resolve("process.log");
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String opened : List.of("java.io", "java.nio", "sun.nio.ch", "java.lang", "java.util.concurrent")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
        command.addAll(List.of(ServerProcess.class.getName(), home.toString(), String.valueOf(port), password));
        return command;
    }

    private static String classPath() {
        try (InputStream jars = Objects.requireNonNull(
                Neo4jServer.class.getResourceAsStream(CLASS_PATH), "the class path, which the build writes")) {
            Path own = Path.of(Neo4jServer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own
                    + System.getProperty("path.separator")
                    + new String(jars.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stopForGood() {
        kill();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
