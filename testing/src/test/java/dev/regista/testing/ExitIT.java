package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the servers after the JVM that started them. */
class ExitIT {

    private static final String PORT = "port of server: ";

    @TempDir
    Path temporary;

    @Test
    void nothingIsLeftAfterAPoliteKill() throws Exception {
        Process process = start("wait");
        try {
            List<String> ports = ports(process);
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertNothingLeft(ports);
        } finally {
            // Politely, also after a failure: a forced end would leave its servers running.
            process.destroy();
        }
    }

    @Test
    void jvmExitsByItselfAndNothingIsLeft() throws Exception {
        Process process = start("exit");
        try {
            List<String> ports = ports(process);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertNothingLeft(ports);
        } finally {
            process.destroy();
        }
    }

    private Process start(String mode) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName(),
                        mode)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> ports(Process process) throws IOException {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            // Logging may write to the same stream.
            List<String> ports = output.lines()
                    .filter(line -> line.startsWith(PORT))
                    .limit(2)
                    .map(line -> line.substring(PORT.length()))
                    .toList();
            assertThat(ports).hasSize(2).allMatch(port -> port.matches("\\d+"));
            return ports;
        }
    }

    private void assertNothingLeft(List<String> ports) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("regista")))
                    .isEmpty();
        }
        for (String port : ports) {
            ServerSocket socket = new ServerSocket(Integer.parseInt(port));
            socket.close();
        }
    }

    static final class Child {

        public static void main(String[] arguments) throws InterruptedException {
            for (TestServer server : List.of(TestServers.postgres(), TestServers.mariadb())) {
                String url = ((SqlServer) server).address().url("x");
                System.out.println(PORT + url.replaceAll(".*:(\\d+)/.*", "$1"));
            }
            if (arguments[0].equals("wait")) {
                new CountDownLatch(1).await();
            }
        }
    }
}
