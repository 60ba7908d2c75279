package dev.regista.config;

import dev.regista.Database;
import dev.regista.DatabaseBuilder;
import dev.regista.Registry;
import dev.regista.RegistryBuilder;
import dev.regista.config.RegistryReader.Declarations;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a registry of a configuration. Made by {@link Regista}; the configuration is read, from the beginning, by each call
 * of {@link #builder()}, {@link #build()}, {@link #open()} and {@link #describe()}. Not safe for use by several threads.
 *
 * <p>Of several sources that set one key, the last of these holds: the file; its variant for the profile,
 * {@code regista-prod.yaml} beside {@code regista.yaml}; its block {@code "%prod"}; the {@code .env} file; environment
 * variables; system properties; {@link #property}. The variable of a key is the key in upper case, with an
 * underscore for each character that is not a letter or a digit: {@code REGISTA_DATABASES_MAIN_PASSWORD}. Variables and
 * properties change or add options of databases that are in the file; they add no database.
 */
public final class RegistryLoader {
    private final ConfigFile file;
    private final Key prefix;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, Object> provided = new HashMap<>();
    private final Map<String, List<Class<?>>> models = new LinkedHashMap<>();
    private Map<String, String> environment = System.getenv();
    private SharedDatabases shared = new SharedDatabases();
    private @Nullable List<String> profiles;
    private @Nullable Path envFile;
    private @Nullable ClassLoader classLoader;

    RegistryLoader(ConfigFile file, Key prefix) {
        this.file = file;
        this.prefix = prefix;
    }

    /**
     * Chooses profiles. Default: the names in the system property {@code regista.profile}, or else the environment
     * variable {@code REGISTA_PROFILE}, separated by commas; or else none.
     *
     * @param names the profiles; of two that set one key, the later one holds. Each must have a file or a block
     */
    public RegistryLoader profile(String... names) {
        this.profiles = List.of(names);
        return this;
    }

    /**
     * Names the file of environment variables. Default: {@code .env} in the working directory, if there is one.
     *
     * @param path the file; must exist
     */
    public RegistryLoader envFile(Path path) {
        this.envFile = Objects.requireNonNull(path, "path");
        return this;
    }

    /** Replaces the environment variables. Default: those of the process. */
    public RegistryLoader environment(Map<String, String> variables) {
        this.environment = Map.copyOf(variables);
        return this;
    }

    /**
     * Sets a value; nothing is stronger.
     *
     * @param key the key, with the prefix: {@code regista.databases.main.url}
     */
    public RegistryLoader property(String key, String value) {
        properties.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Gives an object a name by which the configuration can refer to it: a {@link dev.regista.Secret} for
     * {@code password-from}, a data source for {@code data-source}, a {@link dev.regista.callback.Hook} for
     * {@code on-open}.
     *
     * @param name the name; wins over a class of the same name
     */
    public RegistryLoader provide(String name, Object object) {
        provided.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(object, "object"));
        return this;
    }

    /**
     * Adds models to a database, for a configuration that does not list them.
     *
     * @param database the name of the database in the configuration
     */
    public RegistryLoader models(String database, Class<?>... classes) {
        models.computeIfAbsent(Objects.requireNonNull(database, "database"), name -> new ArrayList<>())
                .addAll(Arrays.asList(classes));
        return this;
    }

    /** Shares the databases that have an {@code instance-key} with others who use the same object. Default: with nobody. */
    public RegistryLoader sharing(SharedDatabases databases) {
        this.shared = Objects.requireNonNull(databases, "databases");
        return this;
    }

    /** Sets the loader for classes, kinds and class-path resources. Default: the thread's context class loader. */
    public RegistryLoader classLoader(ClassLoader loader) {
        this.classLoader = Objects.requireNonNull(loader, "loader");
        return this;
    }

    /**
     * Reads the configuration into a builder, for a program that adds something to it. No database is contacted.
     *
     * @throws dev.regista.ConfigurationException naming everything that is wrong, with the file and the line; no message
     *     contains a value that may be a secret
     */
    public RegistryBuilder builder() {
        return builder(read());
    }

    /**
     * Reads the configuration and builds the registry. No database is contacted.
     *
     * @throws dev.regista.ConfigurationException as {@link #builder()}
     */
    public Registry build() {
        return builder().build();
    }

    /**
     * Reads the configuration, builds the registry and connects it.
     *
     * @return a connected registry; the caller closes it
     * @throws dev.regista.ConfigurationException as {@link #builder()}
     * @throws dev.regista.OpenFailedException as {@link Registry#connect()}
     */
    public Registry open() {
        return builder().open();
    }

    /**
     * Reads the configuration and returns what holds: a line for each option that is set or has a default, with the file
     * and line, the variable or the property that sets it. Secrets are masked.
     *
     * @throws dev.regista.ConfigurationException as {@link #builder()}
     */
    public String describe() {
        return read().context.description().toString();
    }

    /**
     * Reads the configuration and returns what a block beside the databases says, such as that of migrations.
     *
     * @param type what the block is about
     * @return empty if no module on the class path reads such a block
     * @throws dev.regista.ConfigurationException as {@link #builder()}
     */
    public <T> Optional<T> section(Class<T> type) {
        return read().declarations.sections().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** Returns the name of the file. */
    @Override
    public String toString() {
        return file.name();
    }

    /** Returns what the configuration declares, for a look at it before anything is built. */
    Declarations declarations() {
        return read().declarations;
    }

    private record Read(Context context, Declarations declarations) {}

    private Read read() {
        Problems problems = new Problems();
        ClassLoader loader = Objects.requireNonNullElseGet(classLoader, RegistryLoader::contextClassLoader);
        List<DatabaseKind> kinds = Context.services(loader, problems);
        List<Section<?>> sections = Context.sections(loader, problems);
        Context context = new Context(
                problems,
                new Description(),
                new Classes(loader),
                kinds,
                sections,
                Map.copyOf(provided),
                file.directory());
        Inputs inputs = new Inputs(environment, properties, profiles, envFile);
        Effective effective = inputs.read(file, prefix, loader, problems);
        problems.throwIfAny();
        Declarations declarations = new RegistryReader(effective, prefix, context).read(inputs.variables(), models);
        declarations
                .databases()
                .forEach(database -> shared.conflict(database, declarations.databases())
                        .ifPresent(conflict -> problems.add(database.origin(), database.key(), conflict)));
        problems.throwIfAny();
        return new Read(context, declarations);
    }

    private RegistryBuilder builder(Read read) {
        RegistryBuilder registry = Registry.builder();
        Declarations declarations = read.declarations;
        // first, because a reference may stand before what it refers to
        declarations.databases().stream()
                .filter(database ->
                        !database.isReference() && database.instanceKey().isPresent())
                .forEach(this::built);
        for (Declared database : declarations.databases()) {
            declare(registry, database, declarations);
        }
        declarations.onOpen().forEach(registry::onOpen);
        declarations.onClose().forEach(registry::onClose);
        return registry;
    }

    private void declare(RegistryBuilder registry, Declared declared, Declarations declarations) {
        boolean isMain = declared.name().equals(declarations.main());
        boolean needsOneObject = isMain && !declared.name().equals(Registry.MAIN);
        if (declared.instanceKey().isEmpty() && !needsOneObject) {
            DatabaseBuilder<?> settings = declared.builder();
            if (isMain) {
                registry.main(settings);
            } else {
                registry.extra(declared.name(), settings);
            }
            return;
        }
        Database<?> database = built(declared);
        if (isMain) {
            registry.main(database);
        }
        if (!isMain || needsOneObject) {
            registry.extra(declared.name(), database);
        }
    }

    private Database<?> built(Declared declared) {
        Optional<String> key = declared.instanceKey();
        DatabaseBuilder<?> settings = declared.isReference() ? null : declared.builder();
        return key.isEmpty()
                ? Objects.requireNonNull(settings).build(declared.name())
                : shared.get(declared, () -> Objects.requireNonNull(settings).build(key.get()));
    }

    private static ClassLoader contextClassLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? RegistryLoader.class.getClassLoader() : context;
    }
}
