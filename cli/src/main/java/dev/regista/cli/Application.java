package dev.regista.cli;

import dev.regista.Database;
import dev.regista.Registry;
import dev.regista.UnknownDatabaseException;
import dev.regista.callback.Hook;
import dev.regista.config.Regista;
import dev.regista.config.RegistryLoader;
import dev.regista.migrations.MigrateOnOpen;
import dev.regista.migrations.MigratedTenants;
import dev.regista.migrations.Migrations;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.sql.SqlDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The application's registry, for as long as a command runs. No database is opened but those that a command asks for, one by
 * one: one that is down, and of no concern, is none. Nothing is created or migrated by opening.
 */
final class Application implements AutoCloseable {
    private static final String FILESYSTEM = "filesystem:";
    private static final Pattern CREATES = Pattern.compile("(?m)^(\\S+)\\.create-tables = true ");

    private final ClassPath classPath;
    private final Registry registry;
    private final MigrationSettings settings;
    private final List<SqlDatabase> open = new ArrayList<>();

    private Application(ClassPath classPath, Registry registry, MigrationSettings settings) {
        this.classPath = classPath;
        this.registry = registry;
        this.settings = settings;
    }

    /** Reads the configuration. */
    static Application load(Root root) {
        return load(root, "", "", "");
    }

    /** Reads the configuration, with a value for an option of a database that it does not set. */
    static Application loadWithDefault(Root root, String database, String option, String value) {
        return load(root, database, option, value);
    }

    private static Application load(Root root, String database, String option, String value) {
        ClassPath classPath = ClassPath.of(root);
        try {
            RegistryLoader loader = loader(root, classPath);
            String description = loader.describe();
            if (!option.isEmpty()) {
                String key = key(root, description, database, option);
                if (!description.contains(key + " = ") && !description.contains(key + ".kind = ")) {
                    loader.property(key, value);
                }
            }
            Matcher creates = CREATES.matcher(description);
            while (creates.find()) {
                loader.property(creates.group(1) + ".create-tables", "false");
            }
            MigrationSettings settings =
                    settings(root, loader.section(MigrationSettings.class).orElse(MigrationSettings.DEFAULT));
            Hook<SqlDatabase> nothing = opened -> {};
            loader.provide(MigrateOnOpen.class.getName(), nothing);
            loader.provide(MigratedTenants.class.getName(), new MigratedTenants(settings));
            return new Application(classPath, loader.build(), settings);
        } catch (RuntimeException | Error e) {
            classPath.close();
            throw e;
        }
    }

    /** Databases are in a block of their own, or directly below the prefix. */
    private static String key(Root root, String description, String database, String option) {
        String below = root.prefix.isEmpty() ? "" : root.prefix + ".";
        String direct = below + database + ".";
        boolean isDirect = description.lines().anyMatch(line -> line.startsWith(direct));
        return (isDirect ? direct : below + "databases." + database + ".") + option;
    }

    /** Returns what reads the configuration. */
    static RegistryLoader loader(Root root, ClassPath classPath) {
        RegistryLoader loader = Regista.load(root.file(root.config), root.prefix)
                .environment(root.host().environment())
                .classLoader(classPath.loader());
        if (root.profiles != null) {
            loader.profile(root.profiles);
        }
        Path variables = root.file(".env");
        return Files.isRegularFile(variables) ? loader.envFile(variables) : loader;
    }

    private static MigrationSettings settings(Root root, MigrationSettings said) {
        List<String> locations = root.migrations != null
                ? List.of(FILESYSTEM + root.file(root.migrations.toString()))
                : said.locations().stream()
                        .map(location -> location.startsWith(FILESYSTEM)
                                ? FILESYSTEM + root.file(location.substring(FILESYSTEM.length()))
                                : location)
                        .toList();
        return new MigrationSettings(
                locations,
                said.placeholders(),
                said.javaMigrations(),
                said.listeners(),
                said.outOfOrder(),
                said.lockTimeout());
    }

    Registry registry() {
        return registry;
    }

    MigrationSettings settings() {
        return settings;
    }

    /** Returns the SQL databases. */
    Map<String, SqlDatabase> sql() {
        return Migrations.of(registry, settings).databases();
    }

    /** Returns an SQL database that has been opened. */
    SqlDatabase opened(String name) {
        SqlDatabase database = sql().get(name);
        if (database == null) {
            throw new UnknownDatabaseException(name, sql().keySet());
        }
        if (!open.contains(database)) {
            database.connect();
            open.add(database);
        }
        return database;
    }

    /** Returns the migrations of all SQL databases or of one, opened. */
    Migrations migrations(@Nullable String database) {
        Migrations all = Migrations.of(registry, settings);
        if (database == null) {
            sql().keySet().forEach(this::opened);
            return all;
        }
        opened(database);
        return all.database(database);
    }

    @Override
    public void close() {
        try {
            open.forEach(Database::disconnect);
        } finally {
            classPath.close();
        }
    }

    /** The application's own classes, which are the current ones until it is closed. */
    record ClassPath(URLClassLoader loader, @Nullable ClassLoader before, List<Driver> drivers)
            implements AutoCloseable {
        static ClassPath of(Root root) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            URLClassLoader loader = ClassPaths.loader(root);
            Thread.currentThread().setContextClassLoader(loader);
            return new ClassPath(loader, before, Drivers.register(loader));
        }

        @Override
        public void close() {
            Drivers.deregister(drivers);
            Thread.currentThread().setContextClassLoader(before);
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
