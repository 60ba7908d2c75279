package dev.regista.config;

import dev.regista.spi.config.Option;
import dev.regista.spi.config.Values;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values that were read of one block. */
final class BlockValues implements Values {
    private final Set<Option<?>> options;
    private final Map<Option<?>, Object> values;

    BlockValues(Collection<Option<?>> options, Map<Option<?>, Object> values) {
        this.options = Set.copyOf(options);
        this.values = Map.copyOf(values);
    }

    @Override
    @SuppressWarnings("unchecked") // whoever reads a value for an option reads one of its type
    public <T> Optional<T> find(Option<T> option) {
        if (!options.contains(option)) {
            throw new IllegalArgumentException(option + " is not an option of this block");
        }
        return Optional.ofNullable((T) values.get(option));
    }
}
