package dev.regista.sql;

import dev.regista.RegistaException;
import dev.regista.Registry;
import dev.regista.sql.schema.Schemas.Contents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schemas of several databases of a registry, under the same names. There is no transaction over databases: what changes
 * schemas goes through them in the order given, and undoes what it did in the earlier ones when a later one fails. What was
 * there before is never undone.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class RegistrySchemas {
    private final Map<String, SqlDatabase> databases;

    private RegistrySchemas(Registry registry, Collection<String> names) {
        Map<String, SqlDatabase> found = new LinkedHashMap<>();
        names.forEach(name -> found.put(name, registry.database(name, SqlDatabase.class)));
        this.databases = found;
    }

    /** Returns the schemas of the main database. */
    public static RegistrySchemas ofMain(Registry registry) {
        return of(registry, Registry.MAIN);
    }

    /**
     * Returns the schemas of some databases.
     *
     * @throws dev.regista.UnknownDatabaseException if there is no database of one of the names
     * @throws dev.regista.WrongTypeException if one of them is no SQL database
     */
    public static RegistrySchemas of(Registry registry, String... names) {
        return of(registry, List.of(names));
    }

    /**
     * Returns the schemas of some databases, as {@link #of(Registry, String...)}.
     *
     * @param names at least one; one given twice counts once
     */
    public static RegistrySchemas of(Registry registry, Collection<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one database");
        }
        return new RegistrySchemas(registry, names);
    }

    /** Returns the schemas of all SQL databases that the registry has now. */
    public static RegistrySchemas ofAll(Registry registry) {
        return new RegistrySchemas(
                registry,
                registry.databases().entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof SqlDatabase)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /**
     * Creates a schema in each database. If one fails, the schema is dropped again where this call had created it.
     *
     * @throws dev.regista.sql.SchemaException of the database that failed; that dropping failed too is suppressed in it
     */
    public void create(String name, Contents contents) {
        List<SqlDatabase> done = new ArrayList<>();
        for (SqlDatabase database : databases.values()) {
            try {
                database.schemas().create(name, contents);
                done.add(database);
            } catch (RegistaException e) {
                dropAgain(name, done, e);
                throw e;
            }
        }
    }

    /**
     * Creates a schema in each database that has none of that name. If one fails, the schema is dropped again where this
     * call had created it.
     *
     * @return by the name of the database, in order, whether it was created there
     * @throws dev.regista.sql.SchemaException as {@link #create}
     */
    public Map<String, Boolean> createIfAbsent(String name, Contents contents) {
        Map<String, Boolean> created = new LinkedHashMap<>();
        List<SqlDatabase> done = new ArrayList<>();
        databases.forEach((key, database) -> {
            try {
                boolean isNew = database.schemas().createIfAbsent(name, contents);
                created.put(key, isNew);
                if (isNew) {
                    done.add(database);
                }
            } catch (RegistaException e) {
                dropAgain(name, done, e);
                throw e;
            }
        });
        return created;
    }

    private static void dropAgain(String name, List<SqlDatabase> done, RegistaException failure) {
        for (SqlDatabase database : done) {
            try {
                database.schemas().dropCascade(name);
            } catch (RegistaException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * Drops a schema, with everything in it, from each database that has it. Goes on past a database that fails, because
     * what has been dropped cannot be brought back. Irreversible.
     *
     * @return by the name of the database, in order, whether there was one
     * @throws dev.regista.sql.SchemaException of the first database that failed, with those of others suppressed in it
     */
    public Map<String, Boolean> dropCascade(String name) {
        Map<String, Boolean> dropped = new LinkedHashMap<>();
        List<RegistaException> failures = new ArrayList<>();
        databases.forEach((key, database) -> {
            try {
                dropped.put(key, database.schemas().dropCascade(name));
            } catch (RegistaException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            RegistaException first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
        return dropped;
    }

    /** Returns the schemas of each database, by the database's name, in order. One round trip for each. */
    public Map<String, List<String>> list() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        databases.forEach((key, database) -> names.put(key, database.schemas().list()));
        return names;
    }
}
