package dev.regista.config;

import dev.regista.ConfigurationException;
import dev.regista.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The databases that several registries have in common: those whose blocks name an {@code instance-key}. The program
 * makes one of these and hands it to each {@link RegistryLoader}; there is none by default, and nothing static.
 *
 * <p>A database is built at most once per key, also when several threads ask at the same time; if building it fails, the
 * key stays free. Each registry opens and closes it with its own databases, so that it is open as long as one of them
 * needs it. A block with nothing but an {@code instance-key} refers to a database that another block has, there or in
 * another configuration. Safe for use by several threads.
 */
public final class SharedDatabases {
    private final Map<String, Entry> entries = new TreeMap<>();

    private record Entry(Database<?> database, String fingerprint, Origin origin) {}

    /** Begins without any. */
    public SharedDatabases() {}

    /** Returns the keys that are taken, sorted. */
    public synchronized Set<String> keys() {
        return new TreeSet<>(entries.keySet());
    }

    /** Returns the database under a key, if there is one. */
    public synchronized Optional<Database<?>> find(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::database);
    }

    /**
     * Forgets a database, so that the next configuration with its key builds another. Registries that have it keep it.
     *
     * @return whether there was one
     */
    public synchronized boolean forget(String key) {
        return entries.remove(key) != null;
    }

    /**
     * Says why a block cannot have its key.
     *
     * @param all the blocks of its configuration; the first of them that has the key and more is built for the others
     */
    synchronized Optional<String> conflict(Declared declared, List<Declared> all) {
        return all.stream()
                .filter(other -> !other.isReference() && other.instanceKey().isPresent())
                .filter(other -> other.instanceKey().equals(declared.instanceKey()))
                .findFirst()
                .filter(first -> !first.key().equals(declared.key()))
                .map(first -> conflict(declared, first.fingerprint(), first.origin()))
                .orElseGet(() -> conflict(declared));
    }

    private Optional<String> conflict(Declared declared) {
        String key = declared.instanceKey().orElse("");
        @Nullable Entry entry = entries.get(key);
        if (entry == null) {
            return key.isEmpty() || !declared.isReference()
                    ? Optional.empty()
                    : Optional.of("has nothing but the instance-key '" + key + "', and no database has it yet"
                            + Spelling.hint(key, entries.keySet()));
        }
        return conflict(declared, entry.fingerprint, entry.origin);
    }

    private static Optional<String> conflict(Declared declared, String fingerprint, Origin origin) {
        return declared.isReference() || fingerprint.equals(declared.fingerprint())
                ? Optional.empty()
                : Optional.of("has the instance-key '" + declared.instanceKey().orElseThrow()
                        + "' of another configuration (" + origin
                        + "); the two must be equal, or one of them nothing but the key");
    }

    /** Returns the database under the key of a block; builds it if there is none. */
    synchronized Database<?> get(Declared declared, Supplier<? extends Database<?>> build) {
        conflict(declared).ifPresent(conflict -> {
            throw new ConfigurationException(declared.origin() + ": " + declared.key() + " " + conflict);
        });
        return entries.computeIfAbsent(
                        declared.instanceKey().orElseThrow(),
                        key -> new Entry(build.get(), declared.fingerprint(), declared.origin()))
                .database;
    }
}
