package dev.regista.config;

import dev.regista.DatabaseBuilder;
import dev.regista.spi.AbstractDatabaseBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database as its block declares it.
 *
 * @param settings its builder; null if the block is nothing but a reference to a shared database
 * @param schema the registry's schema for its models; null if there is none
 * @param fingerprint equal for blocks that say the same
 */
record Declared(
        String name,
        Key key,
        Origin origin,
        @Nullable AbstractDatabaseBuilder<?, ?> settings,
        Optional<String> instanceKey,
        boolean isDefault,
        @Nullable String schema,
        String fingerprint) {

    /** Returns whether the block only refers to a shared database. */
    boolean isReference() {
        return settings == null;
    }

    /** Returns the builder of a block that has one. */
    DatabaseBuilder<?> builder() {
        AbstractDatabaseBuilder<?, ?> builder = Objects.requireNonNull(settings, "settings");
        return schema == null ? builder : builder.defaultSchema(schema);
    }

    /** Returns it with models that the program knows. */
    Declared with(List<Class<?>> models, Problems problems) {
        if (settings == null) {
            problems.add(origin, key, "only refers to a shared database, so that no models can be added to it");
            return this;
        }
        settings.models(models);
        String names = models.stream().map(Class::getName).sorted().collect(Collectors.joining(","));
        return new Declared(
                name, key, origin, settings, instanceKey, isDefault, schema, fingerprint + " with " + names);
    }

    /** Returns it in the registry's schema. */
    Declared in(String registrySchema) {
        String print = fingerprint + " in " + registrySchema;
        return new Declared(name, key, origin, settings, instanceKey, isDefault, registrySchema, print);
    }
}
