package dev.regista.sql;

import dev.regista.Registry;
import dev.regista.UnknownDatabaseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a registry's models, by the name or the URL of their database. Knows the databases that the registry has
 * at the moment it is asked. Safe for use by several threads.
 */
public final class RegistryTables {
    private final Registry registry;

    private RegistryTables(Registry registry) {
        this.registry = registry;
    }

    /** Returns the tables of all SQL databases of a registry. */
    public static RegistryTables of(Registry registry) {
        return new RegistryTables(registry);
    }

    /** Returns the tables of each SQL database, by its name, in the registry's order. */
    public Map<String, DatabaseTables> all() {
        Map<String, DatabaseTables> found = new LinkedHashMap<>();
        registry.databases().forEach((name, database) -> {
            if (database instanceof SqlDatabase sql) {
                found.put(name, new DatabaseTables(name, sql));
            }
        });
        return found;
    }

    /**
     * Returns the tables of the main database.
     *
     * @throws UnknownDatabaseException as {@link #byName}
     */
    public DatabaseTables main() {
        return byName(Registry.MAIN);
    }

    /**
     * Returns the tables of the database of that name.
     *
     * @throws UnknownDatabaseException if there is none, or it is no SQL database
     */
    public DatabaseTables byName(String name) {
        return findByName(name).orElseThrow(() -> new UnknownDatabaseException(name, all().keySet()));
    }

    /** Returns the tables of the SQL database of that name, or empty if there is none. */
    public Optional<DatabaseTables> findByName(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /**
     * Returns the tables of the database with that URL; of several, the first, so that main comes before the others.
     *
     * @param url in any form that {@link SqlDatabase#at(String)} takes; credentials in it are not compared
     * @throws UnknownDatabaseException if there is none, with the URLs that there are
     * @throws dev.regista.ConfigurationException if it is no URL
     */
    public DatabaseTables byUrl(String url) {
        return findByUrl(url)
                .orElseThrow(() -> new UnknownDatabaseException(
                        JdbcTarget.of(url).masked(),
                        all().values().stream().map(DatabaseTables::url).toList()));
    }

    /**
     * Returns the tables of the database with that URL, or empty if there is none.
     *
     * @throws dev.regista.ConfigurationException if it is no URL
     */
    public Optional<DatabaseTables> findByUrl(String url) {
        String masked = JdbcTarget.of(url).masked();
        return all().values().stream()
                .filter(tables -> tables.url().equals(masked))
                .findFirst();
    }

    /**
     * Builds anew what is told here: has the models of all databases mapped again at their next use, and reads the tenants
     * of those that are open. Needed only after others have changed tenants: what this process does is known here at once.
     */
    public void refresh() {
        registry.invalidateModels();
        registry.databases().values().forEach(database -> {
            if (database instanceof SqlDatabase sql && sql.isOpen() && sql.hasTenants()) {
                sql.tenants().refresh();
            }
        });
    }
}
