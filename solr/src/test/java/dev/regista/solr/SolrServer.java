package dev.regista.solr;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Solr server with a core {@code products}, in a process of its own: it brings another SolrJ than ours. Asks everyone for
 * a password. One per JVM, which it does not outlive.
 */
public final class SolrServer {
    private static final List<String> HOME = List.of(
            "Main.java",
            "log4j2.xml",
            "solr.xml",
            "products/core.properties",
            "products/conf/schema.xml",
            "products/conf/solrconfig.xml");
    private static final String USER = "regista";

    private static @Nullable SolrServer shared;

    private final Path home;
    private final int port;
    private String password = newPassword();
    private @Nullable Process process;

    private SolrServer() throws IOException, GeneralSecurityException {
        this.home = Files.createTempDirectory("regista-solr-");
        for (String file : HOME) {
            Path target = home.resolve(file);
            Files.createDirectories(target.getParent());
            try (InputStream in = SolrServer.class.getResourceAsStream("server/" + file)) {
                Files.copy(in, target);
            }
        }
        Files.writeString(
                home.resolve("security.json"),
                "{\"authentication\":{\"blockUnknown\":true,\"class\":\"solr.BasicAuthPlugin\",\"credentials\":{\"" + USER
                        + "\":\"" + hash(password) + "\"}},\"authorization\":{\"class\":"
                        + "\"solr.RuleBasedAuthorizationPlugin\",\"permissions\":[{\"name\":\"all\",\"role\":\"admin\"}],"
                        + "\"user-role\":{\"" + USER + "\":\"admin\"}}}");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    /** Returns the server of this JVM, started at the first call. */
    public static synchronized SolrServer shared() {
        if (shared == null) {
            try {
                SolrServer server = new SolrServer();
                Runtime.getRuntime().addShutdownHook(new Thread(server::remove, "stop-solr"));
                server.start();
                shared = server;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("Solr did not start", e);
            }
        }
        return shared;
    }

    private static String newPassword() {
        return "planted-" + UUID.randomUUID();
    }

    /** As Solr stores it. */
    private static String hash(String password) throws GeneralSecurityException {
        byte[] salt = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(salt);
        byte[] once = digest.digest(password.getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(digest.digest(once)) + " " + base64.encodeToString(salt);
    }

    /** Starts it, on the same port each time, with what it had when it was killed. */
    public void start() {
        try {
            String classPath = Files.readString(Path.of(System.getProperty("basedir", ""))
                    .toAbsolutePath()
                    .resolve("target/solr-server.classpath"));
            Path log = home.resolve("log.txt");
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx512m",
                            "-Dlog4j2.configurationFile=" + home.resolve("log4j2.xml"),
                            "-Dsolr.log.dir=" + home,
                            "-cp",
                            classPath,
                            home.resolve("Main.java").toString(),
                            home.toString(),
                            String.valueOf(port))
                    .redirectError(log.toFile())
                    .start();
            process = started;
            // Says one line and nothing more, so nobody has to go on reading.
            BufferedReader said = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(said.readLine())) {
                throw new IllegalStateException("Solr did not start: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it, with whatever it is doing. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    private void remove() {
        kill();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** Returns the URL of the core, without credentials. */
    public String url() {
        return "http://" + host() + ":" + port + "/solr/products";
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** Deletes all documents, committed or not. */
    public void clear() {
        post("/solr/products/update", "{\"delete\":{\"query\":\"*:*\"},\"commit\":{}}");
    }

    /** Gives the user another password; the server no longer takes the earlier one. */
    public void changePassword() {
        String next = newPassword();
        post("/solr/admin/authentication", "{\"set-user\":{\"" + USER + "\":\"" + next + "\"}}");
        password = next;
    }

    private void post(String path, String json) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + host() + ":" + port + path).toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8)));
            try (OutputStream out = connection.getOutputStream()) {
                out.write(json.getBytes(StandardCharsets.UTF_8));
            }
            try (InputStream in = connection.getInputStream()) {
                in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
