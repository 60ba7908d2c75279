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

    @TempDir
    Path temporary;

    @Test
    void nothingIsLeftAfterAPoliteKill() throws Exception {
        Process process = start("wait");
        List<String> ports = ports(process);
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertNothingLeft(ports);
    }

    @Test
    void jvmExitsByItselfAndNothingIsLeft() throws Exception {
        Process process = start("exit");
        List<String> ports = ports(process);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertNothingLeft(ports);
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
            List<String> ports = List.of(String.valueOf(output.readLine()), String.valueOf(output.readLine()));
            assertThat(ports).allMatch(port -> port.matches("\\d+"));
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
                System.out.println(url.replaceAll(".*:(\\d+)/.*", "$1"));
            }
            if (arguments[0].equals("wait")) {
                new CountDownLatch(1).await();
            }
        }
    }
}
