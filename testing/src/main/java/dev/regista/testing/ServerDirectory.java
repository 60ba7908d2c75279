package dev.regista.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A temporary directory for all files of one server. */
record ServerDirectory(Path path) {

    private static final int LINES = 40;

    /** In memory: a new database is hundreds of files, which take ten times as long on a disk. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long ROOM = 4L << 30;

    static ServerDirectory create(String name) {
        try {
            String prefix = "regista-" + name.toLowerCase(Locale.ROOT) + "-";
            return new ServerDirectory(
                    isMemoryFit() ? Files.createTempDirectory(MEMORY, prefix) : Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMemoryFit() throws IOException {
        return "/tmp".equals(System.getProperty("java.io.tmpdir"))
                && !Boolean.parseBoolean(System.getenv(TestServers.POSTGRES_DURABLE))
                && Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
    }

    /** {@return the last lines of each log file below, for a message} */
    String logTail() {
        StringBuilder tail = new StringBuilder();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(ServerDirectory::isLog).sorted().toList()) {
                List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                tail.append("\n--- end of ").append(path.relativize(file)).append(":\n");
                tail.append(String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())));
            }
        } catch (IOException | UncheckedIOException e) {
            tail.append("\n--- the log cannot be read: ").append(e);
        }
        return tail.toString();
    }

    private static boolean isLog(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file) && (name.endsWith(".log") || name.endsWith(".csv"));
    }

    void deleteAfter(AutoCloseable stop) {
        try {
            stop.close();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop the server in " + path, e);
        } finally {
            delete(path);
        }
    }

    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tolerates that a dying server deletes some of its files itself. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (Files.exists(file)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
