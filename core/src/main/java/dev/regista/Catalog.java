package dev.regista;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which databases a registry has, and which model lives in which. Immutable: a registry swaps one for another, so that
 * look-ups need no lock and never see half a change.
 */
final class Catalog {
    static final Catalog EMPTY = new Catalog(new LinkedHashMap<>());

    private final Map<String, Database<?>> databases;
    private final Map<Class<?>, Database<?>> owners = new HashMap<>();

    private Catalog(LinkedHashMap<String, Database<?>> databases) {
        this.databases = Collections.unmodifiableMap(databases);
        databases.values().forEach(database -> database.models().forEach(model -> owners.putIfAbsent(model, database)));
    }

    Map<String, Database<?>> databases() {
        return databases;
    }

    Catalog with(String name, Database<?> database) {
        LinkedHashMap<String, Database<?>> more = new LinkedHashMap<>();
        if (name.equals(Registry.MAIN)) {
            more.put(name, database);
        }
        more.putAll(databases);
        more.put(name, database);
        return new Catalog(more);
    }

    Catalog without(String name) {
        LinkedHashMap<String, Database<?>> fewer = new LinkedHashMap<>(databases);
        fewer.remove(name);
        return new Catalog(fewer);
    }

    Database<?> database(String name) {
        Database<?> database = databases.get(name);
        if (database == null) {
            throw new UnknownDatabaseException(name, databases.keySet());
        }
        return database;
    }

    Optional<Database<?>> findDatabase(String name) {
        return Optional.ofNullable(databases.get(name));
    }

    Database<?> databaseOf(Class<?> model) {
        return findDatabaseOf(model).orElseThrow(() -> new UnmappedModelException(model, modelsByDatabase()));
    }

    /** Looks at superclasses too, because an ORM's proxy of a model is a subclass of it. */
    Optional<Database<?>> findDatabaseOf(Class<?> model) {
        for (@Nullable Class<?> type = model; type != null; type = type.getSuperclass()) {
            Database<?> owner = owners.get(type);
            if (owner != null) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    Set<Class<?>> models() {
        Set<Class<?>> models = new LinkedHashSet<>();
        databases.values().forEach(database -> models.addAll(database.models()));
        return Collections.unmodifiableSet(models);
    }

    List<String> problemsOfName(String name) {
        if (name.isBlank()) {
            return List.of("the database name '" + name + "' is blank");
        }
        return databases.containsKey(name) ? List.of("there are two databases named '" + name + "'") : List.of();
    }

    /** A database that is registered under two names is one owner, not two. */
    List<String> problemsOfModels() {
        List<String> problems = new ArrayList<>();
        for (Class<?> model : models()) {
            Map<Database<?>, String> found = new LinkedHashMap<>();
            databases.forEach((name, database) -> {
                if (database.models().contains(model)) {
                    found.putIfAbsent(database, "'" + name + "'");
                }
            });
            if (found.size() > 1) {
                problems.add("the model " + model.getName() + " is mapped to more than one database: "
                        + String.join(", ", found.values()));
            }
        }
        return problems;
    }

    private Map<String, Set<Class<?>>> modelsByDatabase() {
        return databases.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().models(), (a, b) -> a, LinkedHashMap::new));
    }
}
