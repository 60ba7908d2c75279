package dev.regista.config;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * A source under another name.
 *
 * @param getName the name
 * @param source the source
 */
record NamedSource(String getName, ConfigSource source) implements ConfigSource {
    @Override
    public Map<String, String> getProperties() {
        return source.getProperties();
    }

    @Override
    public Set<String> getPropertyNames() {
        return source.getPropertyNames();
    }

    @Override
    public @Nullable String getValue(String property) {
        return source.getValue(property);
    }

    @Override
    public int getOrdinal() {
        return source.getOrdinal();
    }
}
