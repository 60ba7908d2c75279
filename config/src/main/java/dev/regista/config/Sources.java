package dev.regista.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The sources of a configuration, from weak to strong: the file, its variant for the profile, {@code .env}, environment
 * variables, system properties, what the program sets.
 */
final class Sources {
    private static final int FILE = 100;
    private static final int DOT_ENV = 295;
    private static final int ENVIRONMENT = 300;
    private static final int SYSTEM = 400;
    private static final int PROGRAM = 500;

    private static final String ENVIRONMENT_NAME = "environment variable";
    private static final String DOT_ENV_NAME = ".env";
    private static final String SYSTEM_NAME = "system property";
    static final String PROGRAM_NAME = "set by the program";

    private final List<ConfigSource> sources = new ArrayList<>();
    private final Map<Key, Origin> keys = new LinkedHashMap<>();
    private final Map<Key, Origin> blocks = new LinkedHashMap<>();
    private final Set<String> files = new LinkedHashSet<>();

    /**
     * Adds what a file says for a profile; what is added later is stronger.
     *
     * @param profile the profile whose {@code %name} block counts as if what is in it stood at the top; empty for what is
     *     in no such block
     */
    void file(String name, List<Entry> entries, String profile) {
        List<Entry> active = entries.stream()
                .filter(entry -> profile(entry.key()).equals(profile))
                .filter(entry -> profile.isEmpty() || entry.key().depth() > 1)
                .map(entry ->
                        profile.isEmpty() ? entry : entry.below(entry.key().upTo(1)))
                .toList();
        files.add(name);
        sources.add(new FileSource(name, FILE + sources.size(), active));
        for (Entry entry : active) {
            Map<Key, Origin> places = entry.opens() ? blocks : keys;
            places.putIfAbsent(entry.key(), new Origin(name, entry.line()));
        }
    }

    void environment(Map<String, String> variables, Map<String, String> dotEnv) {
        sources.add(new NamedSource(ENVIRONMENT_NAME, new EnvConfigSource(withoutOrdinal(variables), ENVIRONMENT)));
        sources.add(new NamedSource(DOT_ENV_NAME, new EnvConfigSource(withoutOrdinal(dotEnv), DOT_ENV)));
    }

    /** Adds all of them, for expressions; those that are not inside a block of a file below the prefix are nobody's keys. */
    void systemProperties(Map<String, String> properties, Key prefix) {
        add(SYSTEM_NAME, SYSTEM, properties);
        int depth = prefix.depth() + 1;
        Set<Key> inFiles = keys.keySet().stream()
                .filter(key -> prefix.depth() > 0 && key.isBelow(prefix))
                .map(key -> key.upTo(depth))
                .collect(Collectors.toSet());
        properties.keySet().forEach(property -> {
            Key key = Key.parse(property);
            if (key.depth() > depth && inFiles.contains(key.upTo(depth))) {
                keys.putIfAbsent(key, Origin.of(SYSTEM_NAME + " " + property));
            }
        });
    }

    void program(Map<String, String> properties) {
        add(PROGRAM_NAME, PROGRAM, properties);
        properties.keySet().forEach(property -> keys.putIfAbsent(Key.parse(property), Origin.of(PROGRAM_NAME)));
    }

    Effective together(Problems problems) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withSources(sources.toArray(ConfigSource[]::new));
        return new Effective(builder.build(), keys, blocks, files, problems);
    }

    /** Returns where a value comes from. */
    static Origin origin(ConfigValue value, Key key) {
        String source = String.valueOf(value.getConfigSourceName());
        return switch (source) {
            case ENVIRONMENT_NAME, DOT_ENV_NAME -> Origin.of(source + " " + variable(key));
            case SYSTEM_NAME -> Origin.of(source + " " + key);
            default -> new Origin(source, Math.max(0, value.getLineNumber()));
        };
    }

    /** Returns the environment variable that sets a key: upper case, underscores for everything but letters and digits. */
    static String variable(Key key) {
        return key.property().replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Returns whether a value comes from the environment, where all spellings of a key are one variable. */
    static boolean isVariable(Setting setting) {
        return setting.ordinal() == ENVIRONMENT || setting.ordinal() == DOT_ENV;
    }

    private void add(String name, int ordinal, Map<String, String> properties) {
        List<Entry> entries = properties.entrySet().stream()
                .map(property -> new Entry(Key.parse(property.getKey()), property.getValue(), 0))
                .toList();
        sources.add(new FileSource(name, ordinal, entries));
    }

    /** Returns the profile of the block that a key is in; empty if it is in none. */
    private static String profile(Key key) {
        return key.first().startsWith("%") ? key.first().substring(1) : "";
    }

    /** A variable of this name would change the strength of its source. */
    private static Map<String, String> withoutOrdinal(Map<String, String> variables) {
        Map<String, String> others = new LinkedHashMap<>(variables);
        others.keySet().removeIf(ConfigSource.CONFIG_ORDINAL::equalsIgnoreCase);
        return others;
    }
}
