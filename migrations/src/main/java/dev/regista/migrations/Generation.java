package dev.regista.migrations;

import dev.regista.ConfigurationException;
import dev.regista.UnknownDatabaseException;
import dev.regista.migrations.generate.Generator;
import dev.regista.migrations.generate.GeneratorOptions;
import dev.regista.migrations.generate.Migration;
import dev.regista.migrations.generate.MigrationFiles;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.PendingException;
import dev.regista.migrations.run.Place;
import dev.regista.migrations.run.Runner;
import dev.regista.migrations.run.SchemaState;
import dev.regista.migrations.run.ValidationException;
import dev.regista.migrations.run.Version;
import dev.regista.sql.SqlDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Migrations made out of the models: what differs between them and the schemas, as files that the runner finds.
 *
 * <pre>{@code
 * Migrations.of(registry, settings).generate().write("add email");
 * }</pre>
 *
 * <p>For each database, the shared models are compared with the shared schema, and the tenant models with the schema of one
 * tenant: the first by name, or the one that was chosen. Without tenants, the tenant models are compared with what the scripts
 * make of an empty schema. What is compared must be at head.
 *
 * <p>Immutable: methods that set something return another one. Safe for use by several threads, but for writing.
 */
public final class Generation {
    private static final String FILESYSTEM = "filesystem:";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Supplier<Map<String, SqlDatabase>> databases;
    private final MigrationSettings settings;
    private final Predicate<Place> selection;
    private final Options options;

    private record Options(
            GeneratorOptions generator,
            @Nullable Path folder,
            @Nullable String version,
            boolean withScripts) {}

    private Generation(
            Supplier<Map<String, SqlDatabase>> databases,
            MigrationSettings settings,
            Predicate<Place> selection,
            Options options) {
        this.databases = databases;
        this.settings = settings;
        this.selection = selection;
        this.options = options;
    }

    static Generation of(
            Supplier<Map<String, SqlDatabase>> databases, MigrationSettings settings, Predicate<Place> selection) {
        return new Generation(databases, settings, selection, new Options(GeneratorOptions.DEFAULT, null, null, false));
    }

    private Generation with(Options changed) {
        return new Generation(databases, settings, selection, changed);
    }

    /**
     * What may be done. What earlier models had is found in the files, and need not be told. A rename, a default or a nullable
     * attribute must exist in one of the databases. Default: {@link GeneratorOptions#DEFAULT}.
     */
    public Generation options(GeneratorOptions allowed) {
        Objects.requireNonNull(allowed, "allowed");
        return with(new Options(allowed, options.folder, options.version, options.withScripts));
    }

    /**
     * Where files are written: below this folder, in one of the database's name. Default: the first location of the settings
     * that is in the file system.
     */
    public Generation into(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return with(new Options(options.generator, folder, options.version, options.withScripts));
    }

    /**
     * The version of what is written. Default: the current time in UTC, as {@code 20260131120000}, or one more than the newest
     * version there is.
     *
     * @param number digits; higher than any version there is
     */
    public Generation version(String number) {
        Objects.requireNonNull(number, "number");
        return with(new Options(options.generator, options.folder, number, options.withScripts));
    }

    /**
     * Whether models are compared with what the scripts make of an empty schema, and not with the live schemas, which need not
     * be at head then. The scripts are run in a schema that nobody uses, but for those in Java. Default: false.
     */
    public Generation withScripts(boolean scripts) {
        return with(new Options(options.generator, options.folder, options.version, scripts));
    }

    /**
     * Compares, and writes nothing.
     *
     * @return one for each database and kind of schema, also if nothing differs
     * @throws dev.regista.migrations.generate.RefusedChangesException naming every change that is dangerous and was not
     *     asked for, or that cannot be done
     * @throws PendingException if a schema is not at head
     * @throws ValidationException if files and history do not belong together
     * @throws ConfigurationException if the options name what is nowhere
     */
    public List<Draft> compare() {
        Strangers strangers = new Strangers();
        Refused refused = new Refused();
        List<Draft> drafts = new ArrayList<>();
        databases.get().forEach((name, database) -> {
            Runner runner = Runner.of(name, database, settings);
            List<Place> places = runner.places().stream().filter(selection).toList();
            if (selection.test(runner.shared())) {
                if (!options.withScripts) {
                    requireHead(runner, runner.shared());
                }
                refused.collect(name, () -> drafts.add(draft(runner, database, false, strangers, null)));
            }
            Optional<Place> tenant =
                    places.stream().filter(place -> !place.isShared()).findFirst();
            if (database.hasTenants() && (tenant.isPresent() || selection.test(new Place(name, "", "")))) {
                Place compared = options.withScripts ? null : tenant.orElse(null);
                if (compared != null) {
                    requireHead(runner, compared);
                }
                refused.collect(name, () -> drafts.add(draft(runner, database, true, strangers, compared)));
            }
        });
        strangers.throwIfAnyIsNowhere(drafts.size() + refused.count());
        refused.throwIfAny();
        return drafts;
    }

    /** A generator would write again what waits to be run. */
    private static void requireHead(Runner runner, Place place) {
        SchemaState state = runner.read(List.of(place)).state(place);
        if (!state.problems().isEmpty()) {
            throw new ValidationException(state.problems());
        }
        if (!state.pending().isEmpty()) {
            throw new PendingException(state.pending());
        }
    }

    private Draft draft(
            Runner runner, SqlDatabase database, boolean ofTenants, Strangers strangers, @Nullable Place tenant) {
        String name = runner.shared().database();
        Generator generator = Generator.of(database, owning(name, ofTenants)).leaving(strangers::add);
        Migration migration;
        if (ofTenants) {
            migration = tenant == null || tenant.tenant() == null
                    ? generator.compareTenantsWithScripts(runner.statements(true))
                    : generator.compareTenant(tenant.tenant());
        } else {
            migration =
                    options.withScripts ? generator.compareWithScripts(runner.statements(false)) : generator.compare();
        }
        return new Draft(name, ofTenants, migration, List.of());
    }

    private GeneratorOptions owning(String database, boolean ofTenants) {
        GeneratorOptions asked = options.generator;
        Set<String> owned = new TreeSet<>(asked.owned());
        try {
            for (Path folder : folders()) {
                owned.addAll(MigrationFiles.owned(folder(folder, database, ofTenants)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GeneratorOptions(
                asked.allowDrop(),
                asked.allowNarrowing(),
                asked.allowConversion(),
                asked.concurrentIndexes(),
                asked.renames(),
                asked.defaults(),
                asked.nullable(),
                owned,
                asked.ignored());
    }

    private List<Path> folders() {
        if (options.folder != null) {
            return List.of(options.folder);
        }
        return settings.locations().stream()
                .filter(location -> location.startsWith(FILESYSTEM))
                .map(location -> Path.of(location.substring(FILESYSTEM.length())))
                .toList();
    }

    private static Path folder(Path location, String database, boolean ofTenants) {
        Path folder = location.resolve(database);
        return ofTenants ? folder.resolve("tenant") : folder;
    }

    /**
     * Compares, and writes what differs: {@code V<version>__<name>.sql} and {@code U<version>__<name>.sql}, in the folder of
     * the database, or {@code tenant} in it. Nothing is run.
     *
     * @param name what the change is
     * @return one for each database and kind of schema that differs; none if nothing does
     * @throws ConfigurationException as {@link #compare()}, if it is not known where to write, or if the name or the version
     *     cannot be those of a migration
     * @throws RuntimeException as {@link #compare()}
     * @throws UncheckedIOException if a file cannot be written
     */
    public List<Draft> write(String name) {
        Path folder = target();
        List<Draft> drafts =
                compare().stream().filter(draft -> !draft.isEmpty()).toList();
        String version = drafts.isEmpty() ? "" : version();
        return drafts.stream()
                .map(draft -> new Draft(
                        draft.database(),
                        draft.ofTenants(),
                        draft.migration(),
                        writing(() -> MigrationFiles.write(
                                folder(folder, draft.database(), draft.ofTenants()),
                                version,
                                name,
                                draft.migration()))))
                .toList();
    }

    /**
     * Writes a pair of files without statements, to be filled by hand. Compares nothing.
     *
     * @param database the database's name
     * @param ofTenants whether it is for tenants, or for the shared schema
     * @param name what the change is
     * @return the files
     * @throws UnknownDatabaseException if there is no such SQL database
     * @throws ConfigurationException as {@link #write}
     * @throws UncheckedIOException if a file cannot be written
     */
    public List<Path> writeEmpty(String database, boolean ofTenants, String name) {
        Map<String, SqlDatabase> all = databases.get();
        if (!all.containsKey(database)) {
            throw new UnknownDatabaseException(database, all.keySet());
        }
        Path folder = folder(target(), database, ofTenants);
        return writing(() -> MigrationFiles.writeEmpty(folder, version(), name));
    }

    private interface Writing {
        List<Path> run() throws IOException;
    }

    private static List<Path> writing(Writing writing) {
        try {
            return writing.run();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path target() {
        return folders().stream()
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("it is not known where to write migrations: none of "
                        + settings.locations() + " is in the file system"));
    }

    private String version() {
        Optional<Version> newest = databases.get().entrySet().stream()
                .map(each -> Runner.of(each.getKey(), each.getValue(), settings))
                .flatMap(runner -> Stream.of(runner.newest(false), runner.newest(true)))
                .flatMap(Optional::stream)
                .max(Version::compareTo);
        String wanted = options.version;
        if (wanted == null) {
            String now = TIMESTAMP.format(Instant.now());
            return newest.filter(version -> version.compareTo(Version.of(now)) >= 0)
                    .map(Generation::after)
                    .orElse(now);
        }
        if (wanted.matches("\\d+") && newest.isPresent() && newest.get().compareTo(Version.of(wanted)) >= 0) {
            throw new ConfigurationException(
                    "the version " + wanted + " is not higher than " + newest.get() + ", which there is already");
        }
        return wanted;
    }

    private static String after(Version version) {
        return new BigInteger(version.toString().replaceFirst("\\..*", ""))
                .add(BigInteger.ONE)
                .toString();
    }
}
