package dev.regista.testing.neo4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.ClientAuth;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/**
 * The program of the server's process: a Neo4j server over Bolt, until its standard input ends, as it does when the process
 * that started it is gone.
 */
final class ServerProcess {
    /** Appears in the home when the server is ready. */
    static final String READY = "ready";

    private ServerProcess() {}

    /**
     * Runs the server.
     *
     * @param arguments the home, the port, and the password of the user {@code neo4j}
     */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        boolean isNew = Files.notExists(home.resolve("data"));
        DatabaseManagementService server = start(home, Integer.parseInt(arguments[1]));
        if (isNew) {
            server.database("system")
                    .executeTransactionally(
                            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                            Map.of("password", arguments[2]));
        }
        // At once: whoever looks must not see half of it.
        Files.move(Files.createTempFile(home, READY, null), home.resolve(READY), StandardCopyOption.ATOMIC_MOVE);
        while (System.in.read() >= 0) {
            // nothing is ever sent
        }
        Runtime.getRuntime().halt(0);
    }

    private static DatabaseManagementService start(Path home, int port) {
        SslPolicyConfig tls = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
        return new DatabaseManagementServiceBuilder(home)
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                // Three wrong ones lock a user out for five seconds, and a rotation under load has that many.
                .setConfig(GraphDatabaseSettings.auth_max_failed_attempts, 0)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress(Neo4jServer.HOST, port))
                .setConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.OPTIONAL)
                .setConfig(tls.enabled, true)
                .setConfig(tls.base_directory, home)
                .setConfig(tls.client_auth, ClientAuth.NONE)
                .setConfig(GraphDatabaseSettings.transaction_monitor_check_interval, Duration.ofMillis(100))
                .setConfig(GraphDatabaseSettings.bookmark_ready_timeout, Duration.ofSeconds(1))
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(32))
                .setConfig(GraphDatabaseSettings.logical_log_rotation_threshold, ByteUnit.mebiBytes(1))
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .build();
    }
}
