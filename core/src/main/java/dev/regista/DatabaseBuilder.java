package dev.regista;

/**
 * Settings of a database that still lacks a name. A registry's builder names and builds it; to share one database between
 * registries, {@link #build(String)} it once and give it to each.
 *
 * @param <D> the database it builds
 */
public interface DatabaseBuilder<D extends Database<?>> {
    /**
     * Checks the settings and makes a database of them. No I/O. What is set on the builder later has no effect on it.
     *
     * @param name the name for errors, logs and threads; not blank
     * @throws ConfigurationException naming everything that cannot work
     */
    D build(String name);

    /**
     * Builds the database and connects it, for use without a registry.
     *
     * @param name as in {@link #build}
     * @return a connected database; the caller closes it
     * @throws ConfigurationException as {@link #build}
     * @throws OpenFailedException as {@link Database#connect()}
     */
    default D open(String name) {
        D database = build(name);
        database.connect();
        return database;
    }

    /**
     * Puts the models that name no schema of their own into a schema, as {@link RegistryBuilder#schema} does for the main
     * database. A schema that was set on this builder before stays.
     *
     * @param schema the schema's name
     * @throws NotSupportedException if this kind has no schemas
     */
    default DatabaseBuilder<D> defaultSchema(String schema) {
        throw new NotSupportedException(Registry.MAIN, "a schema (asked for: '" + schema + "')");
    }
}
