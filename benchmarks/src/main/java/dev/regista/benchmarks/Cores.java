package dev.regista.benchmarks;

import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cores that this process, what it starts, and the server run on. Where client and server strictly alternate, an answer
 * to a process on another core has to wake that core up, which can take longer than the work; which contestant's server
 * process is where is up to the kernel. On one core all of them pay the same.
 */
final class Cores {
    private final String all;
    private final ProcessHandle server;

    private Cores(String all, ProcessHandle server) {
        this.all = all;
        this.server = server;
    }

    /**
     * Finds the cores of this machine, and the server.
     *
     * @return empty where a process cannot be tied to cores: no {@code taskset}, or a server that runs elsewhere or
     *     is somebody else's
     */
    static Optional<Cores> find() throws SQLException, InterruptedException {
        Optional<ProcessHandle> server = server();
        if (server.isEmpty()) {
            return Optional.empty();
        }
        try {
            String answer =
                    taskset("-c", "-p", String.valueOf(ProcessHandle.current().pid()));
            Cores found = new Cores(answer.replaceFirst("(?s).*:\\s*", "").strip(), server.get());
            // Processes of somebody else's server may not be moved.
            found.all();
            return Optional.of(found);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The parent of the process that serves a connection; what the connection's process is called tells it from a stranger's. */
    private static Optional<ProcessHandle> server() throws SQLException {
        try (TestDatabase database = TestServers.postgres().newDatabase();
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid(), current_database()")) {
            row.next();
            long pid = row.getLong(1);
            String title = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
            return title.contains(row.getString(2))
                    ? ProcessHandle.of(pid).flatMap(ProcessHandle::parent)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Moves everything to one core, the last: the first often serves the devices. */
    void one() throws IOException, InterruptedException {
        move(all.replaceFirst(".*[,-]", ""));
    }

    /** Moves everything to all cores that this process had at the beginning. */
    void all() throws IOException, InterruptedException {
        move(all);
    }

    private void move(String cores) throws IOException, InterruptedException {
        ProcessHandle self = ProcessHandle.current();
        for (ProcessHandle process : Stream.of(Stream.of(self, server), self.descendants(), server.descendants())
                .flatMap(each -> each)
                .distinct()
                .toList()) {
            try {
                taskset("-a", "-c", "-p", cores, String.valueOf(process.pid()));
            } catch (IOException e) {
                if (process.isAlive()) {
                    throw e;
                }
            }
        }
    }

    private static String taskset(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "taskset";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(answer.strip());
        }
        return answer;
    }
}
