package dev.regista;

import dev.regista.model.Model;
import dev.regista.model.ModelKind;
import dev.regista.spi.ModelHost;
import dev.regista.spi.PlainModel;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which databases a registry has, and which model lives in which. Immutable: a registry swaps one for another, so that
 * look-ups need no lock and never see half a change.
 */
final class Catalog {
    static final Catalog EMPTY = new Catalog(new LinkedHashMap<>(), List.of());

    private final Map<String, Database<?>> databases;
    private final Map<Class<?>, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Model> names = new LinkedHashMap<>();

    /**
     * A class that the registry has.
     *
     * @param database the name of its database; of one with several names, the first
     * @param model null if it is mapped with the models, but is none
     */
    record Entry(
            String database,
            Database<?> owner,
            Class<?> type,
            @Nullable Model model) {
        static Entry of(String name, Database<?> owner, Class<?> type) {
            Optional<Model> model = owner instanceof ModelHost host ? host.findModel(name, type) : plain(name, type);
            return new Entry(name, owner, type, model.orElse(null));
        }

        /** For callbacks, which can change it. */
        static Entry prepared(String name, Database<?> owner, Class<?> type) {
            Optional<Model> model = owner instanceof ModelHost host ? host.prepareModel(name, type) : plain(name, type);
            return new Entry(name, owner, type, model.orElse(null));
        }

        private static Optional<Model> plain(String name, Class<?> type) {
            return Modifier.isAbstract(type.getModifiers())
                    ? Optional.empty()
                    : Optional.of(new PlainModel(type.getSimpleName(), type, name, ModelKind.ORDINARY));
        }

        static List<Entry> all(String name, Database<?> owner) {
            return owner.models().stream().map(type -> of(name, owner, type)).toList();
        }

        /** Whether the database has it of itself. */
        boolean isBrought() {
            return owner instanceof ModelHost host && host.brings(type);
        }
    }

    /**
     * Of two entries for one class or name the first counts; who must not have two checks before. What databases bring of
     * themselves comes last, as it is there now.
     */
    private Catalog(LinkedHashMap<String, Database<?>> databases, Collection<Entry> entries) {
        this.databases = Collections.unmodifiableMap(databases);
        Map<String, List<Entry>> byDatabase = new HashMap<>();
        for (Entry entry : entries) {
            byDatabase
                    .computeIfAbsent(entry.database(), name -> new ArrayList<>())
                    .add(entry);
        }
        for (String name : databases.keySet()) {
            for (Entry entry : byDatabase.getOrDefault(name, List.of())) {
                if (!entry.isBrought()) {
                    add(entry);
                }
            }
        }
        databases.forEach((name, owner) -> brought(name, owner).forEach(this::add));
    }

    private static List<Entry> brought(String name, Database<?> owner) {
        return owner instanceof ModelHost host
                ? owner.models().stream()
                        .filter(host::brings)
                        .map(type -> Entry.of(name, owner, type))
                        .toList()
                : List.of();
    }

    private void add(Entry entry) {
        Model model = entry.model();
        if (entries.putIfAbsent(entry.type(), entry) == null && model != null) {
            names.putIfAbsent(model.name(), model);
        }
    }

    /** Whether an entry of a database that is not here yet would be one of the catalogue, and not give way to others. */
    boolean hasRoomFor(Entry entry) {
        Model model = entry.model();
        boolean isTaken = entries.containsKey(entry.type()) || (model != null && names.containsKey(model.name()));
        return !entry.isBrought() || !isTaken;
    }

    Map<String, Database<?>> databases() {
        return databases;
    }

    /** Adds a database, with all its models unless it is here under another name. */
    Catalog with(String name, Database<?> database, Collection<Entry> models) {
        LinkedHashMap<String, Database<?>> more = new LinkedHashMap<>();
        if (name.equals(Registry.MAIN)) {
            more.put(name, database);
        }
        more.putAll(databases);
        more.put(name, database);
        List<Entry> all = new ArrayList<>(entries.values());
        all.addAll(models);
        return new Catalog(more, all);
    }

    Catalog without(String name) {
        LinkedHashMap<String, Database<?>> fewer = new LinkedHashMap<>(databases);
        Database<?> removed = fewer.remove(name);
        Optional<String> otherName = fewer.entrySet().stream()
                .filter(other -> other.getValue() == removed)
                .map(Map.Entry::getKey)
                .findFirst();
        List<Entry> kept = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (!entry.database().equals(name)) {
                kept.add(entry);
            } else {
                otherName.ifPresent(other -> kept.add(Entry.of(other, entry.owner(), entry.type())));
            }
        }
        return new Catalog(fewer, kept);
    }

    /** Puts some classes in, in place of those of the same class, and takes others out. */
    Catalog withModels(Collection<Entry> arriving, Collection<Class<?>> leaving) {
        Map<Class<?>, Entry> changed = new LinkedHashMap<>(entries);
        changed.keySet().removeAll(leaving);
        arriving.forEach(entry -> changed.put(entry.type(), entry));
        return new Catalog(new LinkedHashMap<>(databases), changed.values());
    }

    /** Leaves models out, though their databases have them. */
    Catalog onlyWith(Predicate<Entry> wanted) {
        return new Catalog(
                new LinkedHashMap<>(databases),
                entries.values().stream().filter(wanted).toList());
    }

    boolean has(Database<?> database) {
        return databases.containsValue(database);
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
        return findDatabaseOf(model).orElseThrow(() -> unmapped(model));
    }

    Optional<Database<?>> findDatabaseOf(Class<?> model) {
        return findEntry(model).map(Entry::owner);
    }

    /** Looks at superclasses too, because an ORM's proxy of a model is a subclass of it. */
    private Optional<Entry> findEntry(Class<?> model) {
        for (@Nullable Class<?> type = model; type != null; type = type.getSuperclass()) {
            Entry entry = entries.get(type);
            if (entry != null) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Returns the class itself, and not one that it is a kind of. */
    Optional<Entry> entry(Class<?> type) {
        return Optional.ofNullable(entries.get(type));
    }

    Optional<Model> findModel(Class<?> type) {
        return findEntry(type).flatMap(entry -> Optional.ofNullable(entry.model()));
    }

    Optional<Model> findModel(String name) {
        return Optional.ofNullable(names.get(name));
    }

    Collection<Model> models() {
        return names.values();
    }

    List<Model> modelsByKind() {
        return names.values().stream().sorted(Comparator.comparing(Model::kind)).toList();
    }

    Set<Class<?>> classes() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(entries.keySet()));
    }

    List<String> problemsOfName(String name) {
        if (name.isBlank()) {
            return List.of("the database name '" + name + "' is blank");
        }
        return databases.containsKey(name) ? List.of("there are two databases named '" + name + "'") : List.of();
    }

    /** What hinders a database that is not here yet; one that is here under another name is one owner, not two. */
    List<String> problemsOfModels(Collection<Entry> models) {
        List<String> problems = new ArrayList<>();
        Map<String, Model> known = new LinkedHashMap<>(names);
        entries.values().stream()
                .filter(Entry::isBrought)
                .flatMap(entry -> Stream.ofNullable(entry.model()))
                .forEach(model -> known.remove(model.name(), model));
        for (Entry entry : models) {
            Entry elsewhere = entries.get(entry.type());
            boolean isBrought = entry.isBrought();
            if (elsewhere != null && !(isBrought && elsewhere.isBrought())) {
                problems.add("the model " + entry.type().getName() + " is mapped to more than one database: '"
                        + elsewhere.database() + "', '" + entry.database() + "'");
            } else if (entry.model() != null && !isBrought) {
                problems.addAll(problemsOfName(entry.model(), known));
            }
        }
        return problems;
    }

    private static List<String> problemsOfName(Model model, Map<String, Model> known) {
        Model other = known.putIfAbsent(model.name(), model);
        return other == null
                ? List.of()
                : List.of("there are two models named '" + model.name() + "': "
                        + other.type().getName() + " in '" + other.database() + "' and "
                        + model.type().getName() + " in '" + model.database() + "'");
    }

    UnmappedModelException unmapped(Class<?> model) {
        Map<String, Set<Class<?>>> existing = new LinkedHashMap<>();
        databases.forEach((name, database) -> existing.put(name, classesOf(database)));
        return new UnmappedModelException(model, existing);
    }

    Set<Class<?>> classesOf(Database<?> database) {
        return entries.values().stream()
                .filter(entry -> entry.owner() == database)
                .map(Entry::type)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
