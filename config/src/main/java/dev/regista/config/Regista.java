package dev.regista.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * A registry from configuration.
 *
 * <pre>{@code
 * Registry registry = Regista.load(Path.of("regista.yaml")).open();
 * }</pre>
 *
 * <p>What a configuration can say is what the builders can, with the same defaults: the block {@code regista} has a block
 * {@code databases}, and that a block for each database. With a prefix of the caller's, the named blocks directly below it
 * are databases, if there is no {@code databases}.
 */
public final class Regista {
    private static final String PREFIX = "regista";

    private Regista() {}

    /**
     * Loads a YAML file, block {@code regista}. The file is read later, when the loader is told what to make of it.
     *
     * @param file the file; UTF-8
     */
    public static RegistryLoader load(Path file) {
        return load(file, PREFIX);
    }

    /**
     * Loads a block of a YAML file.
     *
     * @param file the file; UTF-8
     * @param prefix the names of the blocks on the way, with dots between them: {@code core_lib.data}; empty for the whole
     *     file
     */
    public static RegistryLoader load(Path file, String prefix) {
        return new RegistryLoader(new ConfigFile.OnDisk(file), key(prefix));
    }

    /**
     * Loads a YAML file from the class path, block {@code regista}.
     *
     * @param resource its name, without a slash before it
     */
    public static RegistryLoader loadResource(String resource) {
        return loadResource(resource, PREFIX);
    }

    /**
     * Loads a block of a YAML file from the class path.
     *
     * @param resource its name, without a slash before it
     * @param prefix as in {@link #load(Path, String)}
     */
    public static RegistryLoader loadResource(String resource, String prefix) {
        return new RegistryLoader(new ConfigFile.OnClassPath(resource), key(prefix));
    }

    /**
     * Loads properties whose names begin with {@code regista}.
     *
     * @param properties names as {@code regista.databases.main.url}; an element of a list is {@code models[0]}. Copied
     */
    public static RegistryLoader load(Properties properties) {
        return load(properties, PREFIX);
    }

    /**
     * Loads properties.
     *
     * @param properties as in {@link #load(Properties)}
     * @param prefix as in {@link #load(Path, String)}
     */
    public static RegistryLoader load(Properties properties, String prefix) {
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> values.put(name, String.valueOf(properties.getProperty(name))));
        return new RegistryLoader(new ConfigFile.InProgram(values), key(prefix));
    }

    private static Key key(String prefix) {
        return Objects.requireNonNull(prefix, "prefix").isEmpty() ? Key.ROOT : Key.parse(prefix);
    }
}
