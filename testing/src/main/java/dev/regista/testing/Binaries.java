package dev.regista.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Unpacks server binaries from the class path, once per user: they stay for the next JVM. */
final class Binaries {

    private Binaries() {}

    /**
     * Lives in the home directory, where nobody else can plant a program; without a writable one, in the server's own
     * directory and only for this JVM.
     */
    static Path cache(Path serverDirectory) throws IOException {
        try {
            Path cache = Path.of(System.getProperty("user.home"), ".cache", "regista-testing");
            Files.createDirectories(cache);
            return Files.isWritable(cache) ? cache : serverDirectory;
        } catch (FileSystemException e) {
            return serverDirectory;
        }
    }

    /** Unpacks every file below a folder of the jar that holds a resource, and returns where they are. */
    static Path unpack(String folder, String resource, Path cache, String name, String artifact) throws IOException {
        Path target = cache.resolve(name);
        if (Files.exists(target)) {
            return target;
        }
        URL url = Binaries.class.getClassLoader().getResource(folder + resource);
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("no binaries on the class path; add " + artifact);
        }
        Path unpacked = Files.createTempDirectory(cache, name);
        try (JarFile jar = new JarFile(connection.getJarFileURL().getPath())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
                    copy(jar, entry, unpacked.resolve(entry.getName().substring(folder.length())));
                }
            }
            return publish(unpacked, target);
        } catch (IOException | RuntimeException e) {
            ServerDirectory.delete(unpacked);
            throw e;
        }
    }

    private static void copy(JarFile jar, JarEntry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, file);
        }
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
    }

    /** Renaming is atomic: another JVM sees all files or none, and of two JVMs the first one wins. */
    private static Path publish(Path unpacked, Path target) throws IOException {
        try {
            return Files.move(unpacked, target);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            ServerDirectory.delete(unpacked);
            return target;
        }
    }
}
