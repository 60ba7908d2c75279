package dev.regista.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.ProfileConfigSourceInterceptor;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    private final List<String> profiles;

    /**
     * Begins without any source.
     *
     * @param profiles the profiles whose {@code %name} blocks hold, the strongest last
     */
    Sources(List<String> profiles) {
        this.profiles = List.copyOf(profiles);
    }

    /** Adds a file; one that is added later is stronger. */
    void file(String name, List<Entry> entries) {
        files.add(name);
        sources.add(new FileSource(name, FILE + files.size(), entries));
        for (Entry entry : entries) {
            Map<Key, Origin> places = entry.opens() ? blocks : keys;
            active(entry.key()).forEach(key -> places.putIfAbsent(key, new Origin(name, entry.line())));
        }
    }

    void environment(Map<String, String> variables, Map<String, String> dotEnv) {
        sources.add(new NamedSource(ENVIRONMENT_NAME, new EnvConfigSource(variables, ENVIRONMENT)));
        sources.add(new NamedSource(DOT_ENV_NAME, new EnvConfigSource(dotEnv, DOT_ENV)));
    }

    /** Adds all of them, for expressions; those that are not inside a block below the prefix are nobody's keys. */
    void systemProperties(Map<String, String> properties, Key prefix) {
        add(SYSTEM_NAME, SYSTEM, properties);
        properties.keySet().stream()
                .filter(property -> prefix.depth() > 0 && property.startsWith(prefix.property() + "."))
                .filter(property -> Key.parse(property).depth() > prefix.depth() + 1)
                .forEach(property -> keys.putIfAbsent(Key.parse(property), Origin.of(SYSTEM_NAME + " " + property)));
    }

    void program(Map<String, String> properties) {
        add(PROGRAM_NAME, PROGRAM, properties);
        properties.keySet().forEach(property -> keys.putIfAbsent(Key.parse(property), Origin.of(PROGRAM_NAME)));
    }

    Effective together(Problems problems) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withSources(sources.toArray(ConfigSource[]::new));
        if (!profiles.isEmpty()) {
            List<String> strongestFirst = new ArrayList<>(profiles);
            java.util.Collections.reverse(strongestFirst);
            builder.withInterceptors(new ProfileConfigSourceInterceptor(strongestFirst));
        }
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

    private void add(String name, int ordinal, Map<String, String> properties) {
        sources.add(new PropertiesConfigSource(properties, name, ordinal) {
            @Override
            public String getName() {
                return name;
            }
        });
    }

    /** A block named %profile counts as if what is in it stood at the top; that of another profile does not count. */
    private List<Key> active(Key key) {
        if (!key.first().startsWith("%")) {
            return List.of(key);
        }
        return profiles.contains(key.first().substring(1)) && key.depth() > 1
                ? List.of(key.after(key.upTo(1)))
                : List.of();
    }
}
