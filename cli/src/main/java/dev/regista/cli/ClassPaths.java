package dev.regista.cli;

import dev.regista.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Class paths as {@code java -cp} has them. */
final class ClassPaths {
    private ClassPaths() {}

    /** Returns a loader for the class path of the options, above this program's own. */
    static URLClassLoader loader(Root root) {
        List<URL> urls = new ArrayList<>();
        for (String entry : root.classpath.split(File.pathSeparator)) {
            if (!entry.isBlank()) {
                entries(root, entry.strip()).forEach(path -> urls.add(url(path)));
            }
        }
        return new URLClassLoader("application", urls.toArray(new URL[0]), ClassPaths.class.getClassLoader());
    }

    private static List<Path> entries(Root root, String entry) {
        boolean isFolder = entry.endsWith("/*");
        Path path = root.file(isFolder ? entry.substring(0, entry.length() - 2) : entry);
        if (isFolder ? !Files.isDirectory(path) : !Files.exists(path)) {
            throw new ConfigurationException("the class path names '" + entry + "', which does not exist");
        }
        if (!isFolder) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
