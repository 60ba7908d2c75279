package dev.regista.migrations.generate;

import dev.regista.ConfigurationException;
import dev.regista.UnknownTenantException;
import dev.regista.migrations.generate.Comparison.Values;
import dev.regista.sql.SchemaException;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.schema.ModelSchema;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Compares the models of a database with what is there, and writes the statements that lead from one to the other, and
 * back. Changes nothing. The same models and the same schema make the same statements.
 *
 * <p>In order to compare, the tables of the models are created in a schema that nobody uses ({@code regista_scratch_…}), read
 * back, and dropped: on PostgreSQL in a transaction that is rolled back, on SQLite in memory. The user of the database must
 * be allowed to create a schema (on MariaDB, a database).
 *
 * <p>What is looked at: tables, columns with their types, nullability, defaults, generation and comments, primary keys,
 * unique constraints, checks, foreign keys, indexes, sequences, and types of named values. Not looked at: the order of
 * columns, what constraints and indexes are called, where sequences started, views, triggers, grants, and models that name a
 * schema of their own.
 *
 * <p>Tables and sequences that belong to no model are left alone, unless they are {@linkplain GeneratorOptions#owned() known}
 * to have belonged to an earlier one. The catalogue of tenants and the history of migrations always are.
 *
 * <p>For PostgreSQL, MariaDB, H2 and SQLite; on others, every method throws {@link dev.regista.NotSupportedException}. Safe
 * for use by several threads.
 */
public final class Generator {
    private static final Set<String> NEVER = Set.of("regista_tenant", "flyway_schema_history");

    private final SqlDatabase database;
    private final GeneratorOptions options;
    private final @Nullable BiConsumer<String, String> strangers;

    private Generator(SqlDatabase database, GeneratorOptions options, @Nullable BiConsumer<String, String> strangers) {
        this.database = Objects.requireNonNull(database, "database");
        this.options = Objects.requireNonNull(options, "options");
        this.strangers = strangers;
    }

    /**
     * Returns a generator.
     *
     * @param database open when it is used
     * @param options what it may do
     */
    public static Generator of(SqlDatabase database, GeneratorOptions options) {
        return new Generator(database, options, null);
    }

    /** Returns a generator with the {@linkplain GeneratorOptions#DEFAULT default options}. */
    public static Generator of(SqlDatabase database) {
        return of(database, GeneratorOptions.DEFAULT);
    }

    /**
     * Returns this generator, with options that may be meant for another database, or for tenants: what they name and is not
     * here is told, and is no error.
     *
     * @param others told of the option and of what is wrong with it here; once per comparison
     */
    public Generator leaving(BiConsumer<String, String> others) {
        return new Generator(database, options, Objects.requireNonNull(others, "others"));
    }

    /**
     * Compares the shared models with the schema of the models that name none.
     *
     * @throws RefusedChangesException naming every change that is dangerous and was not asked for, or that cannot be done
     * @throws ConfigurationException if the options name what does not exist
     * @throws SchemaException with the database's own error
     * @throws dev.regista.NotOpenException if the database is not open
     */
    public Migration compare() {
        String schema = database.schemas().defaultName();
        return compare(null, (platform, connection) -> platform.live(connection, schema, ""));
    }

    /**
     * Compares the tenant models with the schema of a tenant. What comes out is for all tenants that are as this one.
     *
     * @param tenant the tenant's name
     * @throws dev.regista.UnknownTenantException if there is none of that name
     * @throws RefusedChangesException as {@link #compare()}
     * @throws ConfigurationException if the options name what does not exist
     * @throws SchemaException with the database's own error
     * @throws dev.regista.NotSupportedException if the database has no tenant models
     */
    public Migration compareTenant(String tenant) {
        Collection<TenantInfo> tenants = database.tenants().list();
        TenantInfo info = database.tenants()
                .find(tenant)
                .orElseThrow(() -> new UnknownTenantException(
                        tenant,
                        database.name(),
                        tenants.stream().map(TenantInfo::name).collect(Collectors.toSet())));
        if (info.placement() == Placement.DATABASE) {
            return compare(
                    "",
                    database.unpooled(info),
                    (platform, connection) -> platform.live(connection, platform.current(connection), ""));
        }
        String shared = database.schemas().defaultName();
        return compare(info.schema(), (platform, connection) -> platform.live(connection, info.schema(), shared));
    }

    /**
     * Compares the shared models with what scripts make of an empty schema, and not with the live one. The scripts are run,
     * in a schema that nobody uses: what they do to another schema that they name happens there, and on MariaDB and H2
     * stays.
     *
     * @param statements what the scripts say, in their order; {@code ${shared}} in them is the schema itself
     * @throws RefusedChangesException as {@link #compare()}
     * @throws ConfigurationException if the options name what does not exist
     * @throws SchemaException with the database's own error, such as that of a script
     */
    public Migration compareWithScripts(List<String> statements) {
        return compare(null, (platform, connection) -> platform.scratch(connection, shared(statements)));
    }

    /**
     * Compares the tenant models with what scripts make of an empty schema, and not with a live one. The scripts are run, as
     * by {@link #compareWithScripts}.
     *
     * @param statements what the scripts say, in their order; {@code ${shared}} in them is the shared schema
     * @throws RefusedChangesException as {@link #compare()}
     * @throws ConfigurationException if the options name what does not exist
     * @throws SchemaException with the database's own error, such as that of a script
     * @throws dev.regista.NotSupportedException if the database has no tenant models
     */
    public Migration compareTenantsWithScripts(List<String> statements) {
        database.tenants();
        ModelSchema models = database.modelSchema();
        return compare(
                "",
                (platform, connection) -> platform.scratch(connection, new Platform.Contents() {
                    @Override
                    public List<String> shared(String shared) {
                        return models.creation(Contents.MODELS, shared, "");
                    }

                    @Override
                    public List<String> tenant(String shared, String tenant) {
                        return filled(statements, shared);
                    }
                }));
    }

    private static List<String> filled(List<String> statements, String shared) {
        return statements.stream()
                .map(sql -> sql.replace(Catalog.SHARED, shared))
                .toList();
    }

    private interface Source {
        SchemaModel read(Platform platform, Connection connection) throws SQLException;
    }

    private static Platform.Contents shared(List<String> statements) {
        return new Platform.Contents() {
            @Override
            public List<String> shared(String shared) {
                return filled(statements, shared);
            }

            @Override
            public @Nullable List<String> tenant(String shared, String tenant) {
                return null;
            }
        };
    }

    private Migration compare(@Nullable String tenantSchema, Source source) {
        return compare(tenantSchema, database.dataSource(), source);
    }

    private Migration compare(@Nullable String tenantSchema, DataSource connections, Source source) {
        // Building the mapping needs a connection too: before there is one.
        ModelSchema models = database.modelSchema();
        try (Connection connection = connections.getConnection()) {
            Platform platform = Platform.of(database.name(), connection);
            SchemaModel live = source.read(platform, connection).only(this::isLookedAt);
            SchemaModel model = platform.scratch(connection, contents(models, tenantSchema != null))
                    .only(this::isLookedAt);
            return migration(platform, models, live, model);
        } catch (SQLException e) {
            throw new SchemaException(database.name(), "compare with the models", e);
        }
    }

    private static Platform.Contents contents(ModelSchema models, boolean ofTenants) {
        return new Platform.Contents() {
            @Override
            public List<String> shared(String shared) {
                return models.creation(Contents.MODELS, shared, "");
            }

            @Override
            public @Nullable List<String> tenant(String shared, String tenant) {
                return ofTenants ? models.creation(Contents.TENANT_MODELS, shared, tenant) : null;
            }
        };
    }

    private boolean isLookedAt(String name) {
        return !NEVER.contains(name.toLowerCase(Locale.ROOT))
                && !options.ignored().test(name);
    }

    private Migration migration(Platform platform, ModelSchema models, SchemaModel live, SchemaModel model) {
        Unknown unknown = new Unknown(strangers);
        Renames.Renamed renamed = Renames.of(options.renames(), live, model, platform, unknown);
        SchemaModel before = renamed.schema().only(belonging(model));
        List<Change> changes = new ArrayList<>(renamed.changes());
        changes.addAll(Comparison.of(before, model, values(models, platform, model, unknown), platform));
        Safety safety = new Safety(options, platform);
        safety.check(changes);
        safety.refused(database.name(), Guesses.of(changes)).ifPresent(refused -> {
            throw refused;
        });
        List<String> warnings = new ArrayList<>(safety.warnings());
        models.elsewhere().stream()
                .sorted()
                .map(table -> table + " is in a schema of its own, and was not compared")
                .forEach(warnings::add);
        return new Writer(platform, live, model).write(changes, options.concurrentIndexes(), warnings);
    }

    /** Names of the models, and of what they were before. */
    private Predicate<String> belonging(SchemaModel model) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(model.tables().keySet());
        names.addAll(model.sequences().keySet());
        names.addAll(model.enums().keySet());
        names.addAll(options.owned());
        return names::contains;
    }

    private Values values(ModelSchema models, Platform platform, SchemaModel model, Unknown unknown) {
        List<String> problems = new ArrayList<>();
        Map<String, String> defaults = new TreeMap<>();
        new TreeMap<>(options.defaults()).forEach((attribute, value) -> {
            for (ColumnModel column : columns(models, model, attribute, unknown, key -> defaults.put(key, value))) {
                if (platform.ddl().literal(column.type(), value) == null) {
                    problems.add("'" + value + "' is no " + column.type() + ", and so no default of " + attribute);
                }
            }
        });
        Set<String> nullable = new TreeSet<>();
        new TreeSet<>(options.nullable())
                .forEach(attribute -> columns(models, model, attribute, unknown, nullable::add));
        unknown.throwIfAny(problems);
        return new Values(defaults, nullable);
    }

    /** An attribute of a model, or a column of a table; discriminators are not attributes. */
    private static List<ColumnModel> columns(
            ModelSchema models, SchemaModel model, String attribute, Unknown unknown, Consumer<String> use) {
        int dot = attribute.indexOf('.');
        String owner = attribute.substring(0, Math.max(dot, 0));
        String name = attribute.substring(dot + 1);
        List<ModelSchema.Column> mapped = dot < 0 ? List.of() : models.columns(owner, name);
        List<ModelSchema.Column> wanted = mapped.isEmpty() ? List.of(new ModelSchema.Column(owner, name)) : mapped;
        List<ColumnModel> found = new ArrayList<>();
        for (TableModel table : model.tables().values()) {
            for (ColumnModel column : table.columns()) {
                if (wanted.stream().anyMatch(each -> isNamed(each, table, column))) {
                    found.add(column);
                    use.accept(table.name() + '.' + column.name());
                }
            }
        }
        if (found.isEmpty() && mapped.isEmpty()) {
            unknown.add(
                    attribute,
                    "no model has the attribute '" + attribute
                            + "'; it is to be named as Model.attribute, or its column as table.column");
        }
        return found;
    }

    private static boolean isNamed(ModelSchema.Column wanted, TableModel table, ColumnModel column) {
        return wanted.table().equalsIgnoreCase(table.name()) && wanted.column().equalsIgnoreCase(column.name());
    }
}
