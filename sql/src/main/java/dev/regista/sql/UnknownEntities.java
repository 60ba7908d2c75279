package dev.regista.sql;

import dev.regista.Registry;
import dev.regista.model.Model;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.UnknownEntityTypeException;
import org.hibernate.query.sqm.UnknownEntityException;
import org.jspecify.annotations.Nullable;

/** Recognises the failures with which Hibernate says that a class is not mapped. */
final class UnknownEntities {
    /** Hibernate keeps the name in no other place. */
    private static final Pattern NAME = Pattern.compile("^(?:Unknown entity type '|Not an entity: )([\\w.$]+)");

    private UnknownEntities() {}

    /** Returns the class; null if the failure is another, or tells no class that anyone knows. */
    static @Nullable Class<?> find(Throwable failure, List<Registry> registries) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownEntityException unknown) {
                return model(unknown.getEntityName(), registries);
            }
            if (cause instanceof UnknownEntityTypeException || cause instanceof IllegalArgumentException) {
                Matcher name = NAME.matcher(String.valueOf(cause.getMessage()));
                if (name.find()) {
                    return load(name.group(1));
                }
            }
        }
        return null;
    }

    /** A name in a query is a mistake, unless somebody has a model of that name. */
    private static @Nullable Class<?> model(String name, List<Registry> registries) {
        return registries.stream()
                .flatMap(registry -> registry.models().all().stream())
                .filter(model ->
                        model.name().equals(name) || model.type().getName().equals(name))
                .findFirst()
                .<@Nullable Class<?>>map(Model::type)
                .orElse(null);
    }

    private static @Nullable Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
