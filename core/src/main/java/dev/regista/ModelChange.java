package dev.regista;

import dev.regista.Catalog.Entry;
import dev.regista.model.Collision;
import dev.regista.model.Model;
import dev.regista.spi.Failures;
import dev.regista.spi.ModelHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Models that are to arrive, to leave or to be changed together: planned first, then carried out in their databases. */
final class ModelChange {
    private final Catalog before;
    private final Map<Class<?>, Entry> arriving = new LinkedHashMap<>();
    private final Set<Class<?>> leaving = new LinkedHashSet<>();
    private final List<Model> there = new ArrayList<>();

    ModelChange(Catalog before) {
        this.before = before;
    }

    /** Returns what arrives or is changed. */
    List<Entry> arriving() {
        return List.copyOf(arriving.values());
    }

    /** Returns the models that will be there for the classes that were planned. */
    List<Model> there() {
        return List.copyOf(there);
    }

    /** Plans to take one out. */
    void leave(Class<?> type) {
        before.entry(type).filter(Entry::isBrought).ifPresent(entry -> {
            throw new NotSupportedException(
                    entry.database(), "removal of the model " + type.getName() + ", which it brings itself");
        });
        leaving.add(type);
    }

    /** Takes one that is there already, to be changed. */
    void change(Entry entry) {
        arriving.put(entry.type(), entry);
    }

    /** Plans to add one. */
    void add(Entry entry, Collision collision) {
        List<Entry> inTheWay = inTheWayOf(entry);
        boolean isPlanned = inTheWay.stream().anyMatch(other -> arriving.containsKey(other.type()));
        if (inTheWay.isEmpty()) {
            accept(entry);
        } else if (collision == Collision.KEEP) {
            there.addAll(modelOf(inTheWay.get(0)).stream().toList());
        } else if (collision == Collision.FAIL || isPlanned) {
            throw refusal(entry, inTheWay.get(0));
        } else {
            inTheWay.forEach(other -> leave(other.type()));
            accept(entry);
        }
    }

    private void accept(Entry entry) {
        arriving.put(entry.type(), entry);
        there.addAll(modelOf(entry).stream().toList());
    }

    /** One of the same class, and one of the same name. What is no model may be given again to the same database. */
    private List<Entry> inTheWayOf(Entry entry) {
        List<Entry> found = new ArrayList<>();
        before.entry(entry.type())
                .filter(same -> entry.model() != null || same.owner() != entry.owner())
                .ifPresent(found::add);
        modelOf(entry)
                .flatMap(model -> named(model.name()))
                .filter(other -> !found.contains(other))
                .ifPresent(found::add);
        return found;
    }

    private Optional<Entry> named(String name) {
        return arriving.values().stream()
                .filter(entry -> modelOf(entry)
                        .filter(model -> model.name().equals(name))
                        .isPresent())
                .findFirst()
                .or(() -> before.findModel(name).flatMap(model -> before.entry(model.type())));
    }

    private static RegistaException refusal(Entry entry, Entry other) {
        Model model = other.model();
        return model == null
                ? new ConfigurationException(
                        entry.type().getName() + " is mapped in database '" + other.database() + "' already")
                : new ModelCollisionException(entry.type(), model);
    }

    private static Optional<Model> modelOf(Entry entry) {
        return Optional.ofNullable(entry.model());
    }

    /**
     * Does it in the databases; what one of them refuses is undone in the others.
     *
     * @return what undoes all of it
     */
    Runnable carryOut(Registry registry) {
        List<Runnable> done = new ArrayList<>();
        try {
            perDatabase().forEach((database, part) -> done.add(part.carryOut(registry, database)));
        } catch (Throwable t) {
            Failures failures = new Failures(t);
            undo(done, failures);
            throw t;
        }
        return () -> undo(done, new Failures());
    }

    private static void undo(List<Runnable> done, Failures failures) {
        for (int i = done.size() - 1; i >= 0; i--) {
            failures.attempt(done.get(i)::run);
        }
    }

    private Map<Database<?>, Part> perDatabase() {
        Map<Database<?>, Part> parts = new LinkedHashMap<>();
        for (Entry entry : arriving.values()) {
            part(parts, entry.owner()).arriving().add(entry);
        }
        for (Class<?> type : leaving) {
            Entry entry = before.entry(type).orElseThrow();
            Entry replacement = arriving.get(type);
            if (replacement == null || replacement.owner() != entry.owner()) {
                part(parts, entry.owner()).leaving().add(type);
            }
        }
        return parts;
    }

    private static Part part(Map<Database<?>, Part> parts, Database<?> database) {
        return parts.computeIfAbsent(database, key -> new Part(new ArrayList<>(), new ArrayList<>()));
    }

    private record Part(List<Entry> arriving, List<Class<?>> leaving) {
        Runnable carryOut(Registry registry, Database<?> database) {
            if (!(database instanceof ModelHost host)) {
                boolean isSame = leaving.isEmpty()
                        && arriving.stream().allMatch(entry -> database.models().contains(entry.type()));
                if (isSame) {
                    return () -> {};
                }
                throw new NotSupportedException(database.name(), "models that arrive, leave or change");
            }
            return host.changeModels(
                    registry,
                    arriving.stream().<Class<?>>map(Entry::type).toList(),
                    leaving,
                    arriving.stream()
                            .<@Nullable Model>map(Entry::model)
                            .filter(Objects::nonNull)
                            .toList());
        }
    }

    /** Returns the catalogue after it. */
    Catalog appliedTo(Catalog catalog) {
        return catalog.withModels(arriving.values(), leaving);
    }
}
