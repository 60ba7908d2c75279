package dev.regista.migrations.run;

import dev.regista.ConfigurationException;
import io.github.classgraph.ClassGraph;
import io.github.classgraph.Resource;
import io.github.classgraph.ScanResult;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the files of one database in all locations. */
final class Scanner {
    static final String CLASSPATH = "classpath:";
    static final String FILESYSTEM = "filesystem:";

    private static final String SCRIPT = ".sql";
    private static final String CONFIGURATION = ".sql.conf";

    /** What is on the class path does not change while its loader lives. */
    private static final Map<ClassLoader, Map<String, Map<String, String>>> FOUND =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final String database;
    private final List<String> problems = new ArrayList<>();
    private final List<ScriptFile> scripts = new ArrayList<>();

    private Scanner(String database) {
        this.database = database;
    }

    /** Returns all scripts of a database. Their paths are relative to its folder. */
    static List<ScriptFile> scripts(String database, List<String> locations, List<String> problems) {
        Scanner scanner = new Scanner(database);
        locations.forEach(scanner::scan);
        problems.addAll(scanner.problems);
        return scanner.scripts;
    }

    private void scan(String location) {
        Map<String, String> files = new TreeMap<>();
        try {
            if (location.startsWith(CLASSPATH)) {
                String folder = location.substring(CLASSPATH.length());
                files.putAll(classPath(folder.replaceFirst("^/+", "").replaceFirst("/+$", "") + "/" + database));
            } else {
                scanFolder(Path.of(location.substring(FILESYSTEM.length())), files);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigurationException("the migrations in '" + location + "' cannot be read: " + e);
        }
        files.forEach((path, text) -> {
            if (path.endsWith(SCRIPT)) {
                add(path, text, files.get(path + ".conf"));
            }
        });
    }

    private void add(String path, String text, @Nullable String configuration) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        ScriptFile.unknownHeader(content).ifPresent(problem -> problems.add(path + ": " + problem));
        boolean transactional = !ScriptFile.saysNoTransaction(content) && !saysNoTransaction(configuration);
        scripts.add(new ScriptFile(path, content, transactional));
    }

    /** Flyway's way to say it, for scripts that must not change because they have run. */
    private static boolean saysNoTransaction(@Nullable String configuration) {
        if (configuration == null) {
            return false;
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "false".equals(properties.getProperty("executeInTransaction"));
    }

    private void scanFolder(Path location, Map<String, String> files) throws IOException {
        if (!Files.isDirectory(location)) {
            throw new ConfigurationException("the folder '" + location + "' for migrations does not exist");
        }
        Path folder = location.resolve(database);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (isOurs(path)) {
                    files.put(path, Files.readString(file));
                }
            }
        }
    }

    private static Map<String, String> scanClassPath(String folder) {
        Map<String, String> files = new TreeMap<>();
        try (ScanResult found = new ClassGraph().acceptPaths(folder).scan()) {
            for (Resource resource : found.getAllResources()) {
                String path = resource.getPath().substring(folder.length() + 1);
                if (isOurs(path)) {
                    files.putIfAbsent(path, new String(resource.load(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(files);
    }

    /** One scan opens every jar there is; with many of them that takes longer than a run with nothing to do. */
    private static Map<String, String> classPath(String location) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Scanner.class.getClassLoader() : context;
        return FOUND.computeIfAbsent(loader, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(location, Scanner::scanClassPath);
    }

    private static boolean isOurs(String path) {
        return path.endsWith(SCRIPT) || path.endsWith(CONFIGURATION);
    }
}
