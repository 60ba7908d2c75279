package dev.regista.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.ConfigValueConfigSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of a file, or of the program, with their lines, as a source of SmallRye Config. */
final class FileSource implements ConfigValueConfigSource {
    private final String name;
    private final int ordinal;
    private final Map<String, ConfigValue> values = new LinkedHashMap<>();

    FileSource(String name, int ordinal, List<Entry> entries) {
        this.name = name;
        this.ordinal = ordinal;
        for (Entry entry : entries) {
            if (entry.value() != null) {
                values.put(entry.key().property(), value(entry));
            }
        }
    }

    private ConfigValue value(Entry entry) {
        return ConfigValue.builder()
                .withName(entry.key().property())
                .withValue(entry.value())
                .withRawValue(entry.value())
                .withConfigSourceName(name)
                .withConfigSourceOrdinal(ordinal)
                .withLineNumber(entry.line())
                .build();
    }

    @Override
    public @Nullable ConfigValue getConfigValue(String property) {
        return values.get(property);
    }

    @Override
    public Map<String, ConfigValue> getConfigValueProperties() {
        return values;
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getOrdinal() {
        return ordinal;
    }
}
