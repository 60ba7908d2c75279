package dev.regista.spi;

import dev.regista.ConfigurationException;
import dev.regista.callback.Hook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What every kind of database can be told. Immutable.
 *
 * @param <D> the database, as its hooks see it
 * @param name the name for errors, logs and threads
 * @param models the model classes, in order
 * @param required whether a connect fails when the server cannot be reached
 * @param connectTimeout how long opening may take, hooks not counted
 * @param closeTimeout how long closing waits for the work under way
 * @param openHooks in the order they run
 * @param closeHooks in the order they run
 */
public record DatabaseSettings<D>(
        String name,
        Set<Class<?>> models,
        boolean required,
        Duration connectTimeout,
        Duration closeTimeout,
        List<Hook<? super D>> openHooks,
        List<Hook<? super D>> closeHooks) {
    /**
     * Copies the collections and checks the values.
     *
     * @throws ConfigurationException naming everything that cannot work
     */
    public DatabaseSettings {
        models = Collections.unmodifiableSet(new LinkedHashSet<>(models));
        openHooks = List.copyOf(openHooks);
        closeHooks = List.copyOf(closeHooks);
        List<String> problems = new ArrayList<>();
        if (name.isBlank()) {
            problems.add("the name '" + name + "' is blank");
        }
        if (connectTimeout.isZero() || connectTimeout.isNegative()) {
            problems.add("the connect timeout must be more than zero, not " + connectTimeout);
        }
        if (closeTimeout.isNegative()) {
            problems.add("the close timeout must not be negative, not " + closeTimeout);
        }
        throwIfAny(problems);
    }

    /**
     * Throws one exception for all problems found.
     *
     * @param problems what was found; nothing is thrown if it is empty
     * @throws ConfigurationException naming all of them
     */
    public static void throwIfAny(Collection<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(List.copyOf(problems));
        }
    }
}
