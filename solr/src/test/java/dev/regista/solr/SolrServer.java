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
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Solr server, in a process of its own, since it brings another SolrJ than ours. Asks everyone for a password. One of each
 * sort per JVM, which it does not outlive.
 */
public final class SolrServer {
    private static final List<String> COMMON =
            List.of("Main.java", "log4j2.xml", "products/conf/schema.xml", "products/conf/solrconfig.xml");
    private static final String USER = "regista";
    private static final int PATIENCE_SECONDS = 120;

    private static @Nullable SolrServer shared;
    private static @Nullable SolrServer cloud;

    private final boolean isCloud;
    private final Path home;
    private final int port;
    private String password = newPassword();
    private @Nullable Process process;

    private SolrServer(boolean isCloud) throws IOException, GeneralSecurityException {
        this.isCloud = isCloud;
        this.home = Files.createTempDirectory("regista-solr-");
        for (String file : COMMON) {
            copy(file, file);
        }
        if (isCloud) {
            copy("cloud/solr.xml", "solr.xml");
            copy("cloud/zoo.cfg", "zoo.cfg");
        } else {
            copy("solr.xml", "solr.xml");
            copy("products/core.properties", "products/core.properties");
        }
        Files.writeString(
                home.resolve("security.json"),
                "{\"authentication\":{\"blockUnknown\":true,\"class\":\"solr.BasicAuthPlugin\",\"credentials\":{\""
                        + USER
                        + "\":\"" + hash(password) + "\"}},\"authorization\":{\"class\":"
                        + "\"solr.RuleBasedAuthorizationPlugin\",\"permissions\":[{\"name\":\"all\",\"role\":\"admin\"}],"
                        + "\"user-role\":{\"" + USER + "\":\"admin\"}}}");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    private void copy(String resource, String file) throws IOException {
        Path target = home.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = SolrServer.class.getResourceAsStream("server/" + resource)) {
            Files.copy(in, target);
        }
    }

    /** Returns a server with a core {@code products}, started at the first call. */
    public static synchronized SolrServer shared() {
        if (shared == null) {
            shared = started(false);
        }
        return shared;
    }

    /** Returns the only node of a SolrCloud with a collection {@code products} of two shards, started at the first call. */
    static synchronized SolrServer cloud() {
        if (cloud == null) {
            cloud = started(true);
            cloud.get("/solr/admin/collections?action=CREATE&name=products&numShards=2&collection.configName=products");
        }
        return cloud;
    }

    private static SolrServer started(boolean isCloud) {
        try {
            SolrServer server = new SolrServer(isCloud);
            Runtime.getRuntime().addShutdownHook(new Thread(server::remove, "stop-solr"));
            server.start();
            return server;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Solr did not start", e);
        }
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

    /** Adds an empty core with a schema of its own, beside {@code products}; it is there again after each start. */
    public void addCore(String name, String schema) {
        try {
            Path conf = Files.createDirectories(home.resolve(name).resolve("conf"));
            Files.writeString(conf.resolve("schema.xml"), schema);
            copy("products/conf/solrconfig.xml", name + "/conf/solrconfig.xml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        get("/solr/admin/cores?action=CREATE&name=" + name + "&instanceDir=" + name);
    }

    /** Starts it, on the same port each time, with what it had when it was killed. Does nothing if it is running. */
    public void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            Path log = home.resolve("log.txt");
            Process started = new ProcessBuilder(command())
                    .directory(home.toFile())
                    .redirectError(log.toFile())
                    .start();
            process = started;
            // Says one line and nothing more, so nobody has to go on reading.
            CompletableFuture<@Nullable String> said = CompletableFuture.supplyAsync(() -> firstLine(started));
            if (!"ready"
                    .equals(said.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .join())) {
                kill();
                throw new IllegalStateException("Solr did not start: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() throws IOException {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives too short for more compiling to pay.
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Dlog4j2.configurationFile=log4j2.xml", "-Dsolr.log.dir=" + home));
        if (isCloud) {
            command.addAll(List.of(
                    "-DzkRun",
                    "-DhostPort=" + port,
                    "-Dbootstrap_confdir=products/conf",
                    "-Dcollection.configName=products"));
        }
        command.addAll(List.of("-cp", Files.readString(module.resolve("target/solr-server.classpath"))));
        command.addAll(List.of("Main.java", home.toString(), String.valueOf(port)));
        return command;
    }

    private static @Nullable String firstLine(Process process) {
        try {
            return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        } catch (IOException e) {
            return null;
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
        return url("products");
    }

    /** Returns the URL of a core, without credentials. */
    public String url(String core) {
        return "http://" + host() + ":" + port + "/solr/" + core;
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

    /** Returns a number that the server counts of its core since it was started, such as {@code updateHandler.commits.count}. */
    long count(String name) {
        String json = get("/solr/products/admin/mbeans?stats=true&cat=UPDATE&key=updateHandler&key=/update");
        Matcher matcher = Pattern.compile("\"UPDATE\\." + Pattern.quote(name) + "\":(\\d+)")
                .matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("there is no " + name + " in " + json);
        }
        return Long.parseLong(matcher.group(1));
    }

    private String get(String path) {
        return send(path, null);
    }

    private void post(String path, String json) {
        send(path, json);
    }

    private String send(String path, @Nullable String json) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + host() + ":" + port + path).toURL().openConnection();
            byte[] credentials = (USER + ":" + password).getBytes(StandardCharsets.UTF_8);
            connection.setRequestProperty(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
            if (json != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(json.getBytes(StandardCharsets.UTF_8));
                }
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
