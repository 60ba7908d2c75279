package dev.regista;

import dev.regista.callback.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares the databases of a registry. Made by {@link Registry#builder()}. Not safe for use by several threads; what is
 * declared after {@link #build()} has no effect on the registry built before.
 */
public final class RegistryBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryBuilder.class);

    private final List<Declaration> declarations = new ArrayList<>();
    private final List<Hook<? super Registry>> openHooks = new ArrayList<>();
    private final List<Hook<? super Registry>> closeHooks = new ArrayList<>();
    private @Nullable String schema;

    RegistryBuilder() {}

    /**
     * Declares the main database, the default entry.
     *
     * @param database its settings; built, under the name {@value Registry#MAIN}, when the registry is
     */
    public RegistryBuilder main(DatabaseBuilder<?> database) {
        return declare(Registry.MAIN, Objects.requireNonNull(database, "database"), null);
    }

    /**
     * Declares the main database, shared with others.
     *
     * @param database a database; opened with this registry, closed with the last of those that opened it
     */
    public RegistryBuilder main(Database<?> database) {
        return declare(Registry.MAIN, null, Objects.requireNonNull(database, "database"));
    }

    /**
     * Declares an extra database.
     *
     * @param name its name; neither blank nor taken
     * @param database its settings; built under that name when the registry is
     */
    public RegistryBuilder extra(String name, DatabaseBuilder<?> database) {
        return declare(name, Objects.requireNonNull(database, "database"), null);
    }

    /**
     * Declares an extra database, shared with others.
     *
     * @param name its name in this registry; neither blank nor taken
     * @param database a database; opened with this registry, closed with the last of those that opened it
     */
    public RegistryBuilder extra(String name, Database<?> database) {
        return declare(name, null, Objects.requireNonNull(database, "database"));
    }

    /**
     * Puts the models of the main database that name no schema of their own into a schema. Extra databases are not
     * affected. Default: the database's own default schema.
     *
     * @param name the schema's name; not blank
     */
    public RegistryBuilder schema(String name) {
        this.schema = name;
        return this;
    }

    /**
     * Calls a hook each time the registry has opened, with all databases open. If it fails, they are closed again.
     *
     * @param hook called in the thread that opens the registry, in the order registered
     */
    public RegistryBuilder onOpen(Hook<? super Registry> hook) {
        openHooks.add(Objects.requireNonNull(hook, "hook"));
        return this;
    }

    /**
     * Calls a hook each time the registry is about to close, with all databases still open.
     *
     * @param hook called in the thread that closes the registry, in reverse of the order registered
     */
    public RegistryBuilder onClose(Hook<? super Registry> hook) {
        closeHooks.add(0, Objects.requireNonNull(hook, "hook"));
        return this;
    }

    /**
     * Checks the declarations and makes a registry of them. No I/O.
     *
     * @throws ConfigurationException naming everything that cannot work: no main database, blank or doubled names, models
     *     in two databases or of one name, settings of the databases
     */
    public Registry build() {
        List<String> problems = new ArrayList<>();
        if (declarations.stream().noneMatch(declaration -> declaration.name.equals(Registry.MAIN))) {
            problems.add("a registry needs a main database: call main(..)");
        }
        if (schema != null && schema.isBlank()) {
            problems.add("the name of the schema is blank");
        }
        Catalog catalog = Catalog.EMPTY;
        for (Declaration declaration : declarations) {
            List<String> found = catalog.problemsOfName(declaration.name);
            problems.addAll(found);
            if (found.isEmpty()) {
                try {
                    catalog = add(declaration, catalog, problems);
                } catch (ConfigurationException e) {
                    e.problems().forEach(problem -> problems.add("database '" + declaration.name + "': " + problem));
                } catch (NotSupportedException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new DefaultRegistry(catalog, new Callbacks(), List.copyOf(openHooks), List.copyOf(closeHooks));
    }

    private Catalog add(Declaration declaration, Catalog catalog, List<String> problems) {
        Database<?> database = declaration.build(schema);
        List<Catalog.Entry> models = catalog.has(database) ? List.of() : Catalog.Entry.all(declaration.name, database);
        problems.addAll(catalog.problemsOfModels(models));
        return catalog.with(declaration.name, database, models);
    }

    /**
     * Builds the registry and connects it.
     *
     * @return a connected registry; the caller closes it
     * @throws ConfigurationException as {@link #build()}
     * @throws OpenFailedException as {@link Registry#connect()}
     */
    public Registry open() {
        Registry registry = build();
        registry.connect();
        return registry;
    }

    private RegistryBuilder declare(String name, @Nullable DatabaseBuilder<?> settings, @Nullable Database<?> shared) {
        Objects.requireNonNull(name, "name");
        if (!name.isBlank() && !name.equals(name.strip())) {
            LOG.warn("The database name '{}' begins or ends with white space; it is taken as it is", name);
        }
        declarations.add(new Declaration(name, settings, shared));
        return this;
    }

    private record Declaration(
            String name,
            @Nullable DatabaseBuilder<?> settings,
            @Nullable Database<?> shared) {
        Database<?> build(@Nullable String schema) {
            boolean wantsSchema = schema != null && !schema.isBlank() && name.equals(Registry.MAIN);
            if (settings == null) {
                if (wantsSchema) {
                    throw new ConfigurationException("the registry's schema '" + schema
                            + "' cannot be applied to a database that has been built already; set it there");
                }
                return Objects.requireNonNull(shared, "shared");
            }
            return (wantsSchema ? settings.defaultSchema(Objects.requireNonNull(schema)) : settings).build(name);
        }
    }
}
