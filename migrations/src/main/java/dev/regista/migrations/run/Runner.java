package dev.regista.migrations.run;

import dev.regista.ConfigurationException;
import dev.regista.migrations.run.Migration.Body;
import dev.regista.migrations.run.Step.Direction;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of one database, and its schemas. Made for one run: what files there are is read once. Works on
 * connections of its own, beside the pool. Safe for use by several threads.
 */
public final class Runner {
    private static final String SHARED = "shared";
    private static final Pattern CONCURRENTLY =
            Pattern.compile("(create\\s+(?:unique\\s+)?index)\\s+concurrently\\b", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final SqlDatabase database;
    private final MigrationSettings settings;
    private final Catalogue catalogue;
    private final DataSource source;

    /** Of tenants that have databases of their own. */
    private final Map<String, DataSource> sources = new ConcurrentHashMap<>();

    private final String sharedSchema;
    private volatile boolean locksAll;

    private Runner(String name, SqlDatabase database, MigrationSettings settings) {
        this.name = name;
        this.database = database;
        this.settings = settings;
        this.catalogue = Catalogue.of(name, settings);
        this.source = database.unpooled();
        if (!database.hasTenants() && !catalogue.tenants().isEmpty()) {
            throw new ConfigurationException(
                    "database '" + name + "' has no tenant models, but migrations for tenants: "
                            + catalogue.tenants().get(0).script());
        }
        this.sharedSchema = database.schemas().defaultName();
    }

    /** Whether there is no migration at all. */
    public boolean isEmpty() {
        return catalogue.shared().isEmpty() && catalogue.tenants().isEmpty();
    }

    /**
     * Reads the files.
     *
     * @param name the database's name in the registry, which is that of its folder
     * @param database the database; open
     * @param settings where the files are
     * @throws dev.regista.ConfigurationException naming every file that cannot be a migration, or if there are some for
     *     tenants and the database has no tenant models
     * @throws dev.regista.NotOpenException if the database is not open
     */
    public static Runner of(String name, SqlDatabase database, MigrationSettings settings) {
        return new Runner(name, database, settings);
    }

    /** Returns the shared schema. */
    public Place shared() {
        return new Place(name, sharedSchema, null);
    }

    /**
     * Returns the schema of a tenant. For one that has a database of its own, that is the schema {@code ""}, which stands for
     * the one that its connections are in.
     *
     * @param tenant the tenant, in whatever state
     */
    public Place place(TenantInfo tenant) {
        if (tenant.placement() != Placement.DATABASE) {
            return new Place(name, tenant.schema(), tenant.name());
        }
        sources.put(tenant.name(), database.unpooled(tenant));
        return new Place(name, "", tenant.name());
    }

    /**
     * Returns the shared schema, and those of the tenants, by name. The list of tenants is read again first. Tenants that are
     * being created or dropped are left out.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    public List<Place> places() {
        List<Place> places = new ArrayList<>(List.of(shared()));
        if (database.hasTenants()) {
            database.tenants().refresh();
            for (TenantInfo tenant : database.tenants().list()) {
                if (tenant.state() == TenantState.ACTIVE || tenant.state() == TenantState.SUSPENDED) {
                    places.add(place(tenant));
                }
            }
        }
        return places;
    }

    /**
     * Reads what some schemas have, as {@link #read(List, int)} does over one connection.
     *
     * @param places schemas of this database
     * @throws HistoryException with the database's own words
     */
    public Snapshot read(List<Place> places) {
        return read(places, 1);
    }

    /**
     * Reads what some schemas have: one query for the tables there are, and one for each hundred schemas. A server takes most
     * of its time for looking at tables that are new to a connection, so that hundreds of them are shared out among several.
     * For each tenant that has a database of its own, over a connection there; one that cannot be reached is found out when
     * it is asked for.
     *
     * @param places schemas of this database
     * @param connections how many may be used at a time, at least 1
     * @throws HistoryException with the database's own words
     */
    public Snapshot read(List<Place> places, int connections) {
        Map<Place, Situation> situations = new HashMap<>();
        Map<Place, HistoryException> unreachable = new HashMap<>();
        List<Place> here = places.stream().filter(place -> !isElsewhere(place)).toList();
        if (!here.isEmpty()) {
            situations.putAll(readHere(here, connections));
        }
        for (Place place : places) {
            if (isElsewhere(place)) {
                try {
                    situations.putAll(read(source(place), List.of(place), "of " + place));
                } catch (HistoryException e) {
                    unreachable.put(place, e);
                }
            }
        }
        return new Snapshot(situations, unreachable);
    }

    private Map<Place, Situation> readHere(List<Place> places, int connections) {
        String whose = "of database '" + name + "'";
        int parts = Math.max(1, Math.min(connections, places.size() / History.SCHEMAS_PER_QUERY));
        int size = (places.size() + parts - 1) / parts;
        List<Supplier<Map<Place, Situation>>> readings = new ArrayList<>();
        for (int from = 0; from < places.size(); from += size) {
            List<Place> part = places.subList(from, Math.min(from + size, places.size()));
            readings.add(() -> read(source, part, whose));
        }
        Map<Place, Situation> situations = new HashMap<>();
        Together.run("regista-read-" + name, readings).forEach(situations::putAll);
        return situations;
    }

    private Map<Place, Situation> read(DataSource from, List<Place> places, String whose) {
        try (Connection connection = from.getConnection()) {
            Engine engine = Engine.of(connection, name);
            if (engine == Engine.H2 && from == source) {
                locksAll = true;
            }
            String home = engine.currentSchema(connection);
            Map<String, History.Content> contents = new History(engine)
                    .read(
                            connection,
                            places.stream().map(place -> schema(place, home)).toList());
            Map<Place, Situation> situations = new HashMap<>();
            for (Place place : places) {
                situations.put(
                        place, situation(place, contents.getOrDefault(schema(place, home), History.Content.NONE)));
            }
            return situations;
        } catch (SQLException e) {
            throw new HistoryException("read the histories " + whose, e);
        }
    }

    /** Whether a place is in a database of its own. */
    boolean isElsewhere(Place place) {
        return place.tenant() != null && sources.containsKey(place.tenant());
    }

    /** Returns where the connections to a place come from. */
    DataSource source(Place place) {
        DataSource own = place.tenant() == null ? null : sources.get(place.tenant());
        return own == null ? source : own;
    }

    /**
     * Whether a schema is to be migrated while no other of its database is: on H2, DDL locks the whole database, and others
     * would fail when they have waited for too long.
     *
     * @param place one of those that were read
     */
    public boolean isAlone(Place place) {
        return locksAll && !isElsewhere(place);
    }

    /** Returns what the schema of a place is called in its database. */
    String schema(Place place, String home) {
        return isElsewhere(place) ? home : place.schema();
    }

    /** Returns one who does the work. The caller closes it; it belongs to one thread at a time. */
    public Worker worker() {
        return new Worker(this);
    }

    /** Returns the newest migration of the shared schema, or of the tenants' schemas. */
    public Optional<Version> newest(boolean ofTenants) {
        return migrations(ofTenants).stream().map(Migration::version).reduce((a, b) -> b);
    }

    /** Returns all migrations: those of the shared schema, then those of tenants, the lowest version first. */
    public List<MigrationScript> scripts() {
        return Stream.of(false, true)
                .flatMap(ofTenants -> migrations(ofTenants).stream().map(each -> script(each, ofTenants)))
                .toList();
    }

    private MigrationScript script(Migration migration, boolean ofTenants) {
        return new MigrationScript(
                name,
                ofTenants,
                migration.version(),
                migration.description(),
                migration.script(),
                text(migration.up()),
                migration.down() != null,
                migration.downName(),
                text(migration.down()));
    }

    private static Optional<String> text(@Nullable Body body) {
        return body instanceof Body.Sql sql ? Optional.of(sql.text()) : Optional.empty();
    }

    private List<Migration> migrations(boolean ofTenants) {
        return ofTenants ? catalogue.tenants() : catalogue.shared();
    }

    /**
     * Returns what the scripts say, in their order, for a schema that nobody uses. <code>${shared}</code> stays as it is;
     * indexes are created in the transaction. Migrations in Java are left out.
     *
     * @param ofTenants those of the tenants' schemas, or of the shared one
     * @throws ConfigurationException if a script has a placeholder whose value is another schema's name, or that has none
     * @throws HistoryException if the database cannot be reached
     */
    public List<String> statements(boolean ofTenants) {
        Map<String, String> values = new HashMap<>(settings.placeholders());
        values.put(SHARED, "${" + SHARED + "}");
        try (Connection connection = source.getConnection()) {
            Engine engine = Engine.of(connection, name);
            List<String> statements = new ArrayList<>();
            for (Migration migration : migrations(ofTenants)) {
                if (migration.up() instanceof Body.Sql sql) {
                    Splitter.split(Placeholders.fill(migration.script(), sql.text(), values), engine).stream()
                            .map(part -> CONCURRENTLY.matcher(part.sql()).replaceAll("$1"))
                            .forEach(statements::add);
                }
            }
            return statements;
        } catch (SQLException e) {
            throw new HistoryException("read the scripts of database '" + name + "'", e);
        }
    }

    Situation situation(Place place, History.Content content) {
        return new Situation(place, content, catalogue, settings.outOfOrder());
    }

    MigrationSettings settings() {
        return settings;
    }

    String name() {
        return name;
    }

    /** Returns a script as it is sent. */
    String text(Step step, Body.Sql body, String schema, String user, String catalog) {
        Map<String, String> values = new HashMap<>(Map.of(SHARED, sharedSchema));
        values.putAll(settings.placeholders());
        values.put("flyway:defaultSchema", schema);
        values.put("flyway:database", catalog);
        values.put("flyway:user", user);
        values.put("flyway:table", Engine.HISTORY);
        values.put("flyway:filename", step.script());
        return Placeholders.fill(step.script(), body.text(), values);
    }

    /**
     * What schemas had when they were read. Immutable.
     */
    public final class Snapshot {
        private final Map<Place, Situation> situations;
        private final Map<Place, HistoryException> unreachable;

        private Snapshot(Map<Place, Situation> situations, Map<Place, HistoryException> unreachable) {
            this.situations = Map.copyOf(situations);
            this.unreachable = Map.copyOf(unreachable);
        }

        /**
         * Whether it is known what a schema has: not if it is in a database of its own that could not be reached. Then every
         * other method throws what was said.
         *
         * @param place one of those that were read
         */
        public boolean isKnown(Place place) {
            return situations.containsKey(place);
        }

        /**
         * Returns what a schema has.
         *
         * @param place one of those that were read
         */
        public SchemaState state(Place place) {
            return situation(place).state();
        }

        /**
         * Whether an upgrade would do anything, or refuse to.
         *
         * @param place one of those that were read
         */
        public boolean isUpToDate(Place place) {
            return state(place).isUpToDate();
        }

        /**
         * Returns the SQL of an upgrade or a downgrade, with what it writes into the history. Nothing is sent.
         *
         * @param place one of those that were read
         * @param direction which way
         * @param target how far
         * @throws MigrationException as the run would
         */
        public List<PlannedStep> plan(Place place, Direction direction, Target target) {
            return Plan.of(Runner.this, situation(place), direction, target);
        }

        Situation situation(Place place) {
            HistoryException failure = unreachable.get(place);
            if (failure != null) {
                throw failure;
            }
            Situation situation = situations.get(place);
            if (situation == null) {
                throw new IllegalArgumentException(place + " was not read");
            }
            return situation;
        }
    }

    /** Returns a text that names the schemas, for messages. */
    @Override
    public String toString() {
        return "migrations of database '" + name + "' ("
                + catalogue.shared().stream().map(Migration::script).collect(Collectors.joining(", ")) + "; tenants: "
                + catalogue.tenants().stream().map(Migration::script).collect(Collectors.joining(", ")) + ")";
    }
}
