package dev.regista.sql;

import dev.regista.Isolation;
import dev.regista.spi.DatabaseSettings;
import dev.regista.sql.contenttype.ContentTypeSettings;
import dev.regista.sql.signal.SignalSetup;
import dev.regista.sql.tenancy.TenantDatabases;
import jakarta.persistence.Entity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a {@link SqlDatabase} can be told beyond what every kind can. Immutable; the constructor checks and copies. */
record SqlSettings(
        JdbcTarget target,
        PoolSettings pool,
        @Nullable String schema,
        @Nullable Isolation isolation,
        boolean createTables,
        int batchSize,
        boolean logQueries,
        boolean logBindValues,
        @Nullable TenantSetup tenantSetup,
        Set<Class<?>> tenantModels,
        @Nullable TenantDatabases tenantDatabases,
        List<TenantHook> createdHooks,
        List<TenantHook> droppedHooks,
        List<SignalSetup> signalSetups,
        @Nullable ContentTypeSettings contentTypes,
        Map<String, Object> hibernateProperties) {
    /** Quotes are left out because Hibernate does not double them; 63 is the shortest limit there is (PostgreSQL's). */
    private static final Pattern SCHEMA = Pattern.compile("(?!\\s*$)[^\"`'\\p{Cntrl}]{1,63}");

    private static final int LONGEST = 63;

    private static final String SCHEMA_RULE =
            "the name of the schema must have 1 to 63 bytes, no quote or control character, and no placeholder in braces";

    private static final String REGION_FACTORY = "hibernate.cache.region.factory_class";

    private static final String SECOND_LEVEL_CACHE = "hibernate.cache.use_second_level_cache";

    private static final List<String> NOT_HIBERNATES = List.of(
            "hibernate.connection.",
            "hibernate.hbm2ddl.auto",
            "jakarta.persistence.schema-generation.",
            "jakarta.persistence.jdbc.",
            "jakarta.persistence.nonJtaDataSource",
            "jakarta.persistence.jtaDataSource",
            "hibernate.multi_tenant");

    SqlSettings {
        tenantModels = Set.copyOf(tenantModels);
        createdHooks = List.copyOf(createdHooks);
        droppedHooks = List.copyOf(droppedHooks);
        signalSetups = List.copyOf(signalSetups);
        hibernateProperties = Map.copyOf(hibernateProperties);
        List<String> problems = new ArrayList<>(pool.problems());
        problems.addAll(target.problems());
        if (schema != null && !isSchemaName(schema)) {
            problems.add(SCHEMA_RULE + ", not '" + schema + "'");
        }
        if (!tenantModels.isEmpty() && hasCache(hibernateProperties)) {
            problems.add(
                    "a second-level cache cannot be used with tenant models: an update of a shared row by one tenant"
                            + " would not be seen by the others");
        }
        if (tenantDatabases != null) {
            problems.addAll(problems(tenantDatabases, target, tenantModels.isEmpty()));
        }
        if (contentTypes != null && !contentTypes.prototype().isAnnotationPresent(Entity.class)) {
            problems.add("the prototype of content types must be an @Entity, and "
                    + contentTypes.prototype().getName() + " is none");
        }
        if (contentTypes != null && tenantDatabases != null) {
            problems.add(
                    "rows of tenants that have databases of their own cannot have content types in the shared one");
        }
        if (batchSize < 1) {
            problems.add("the batch size must be at least 1, not " + batchSize);
        }
        hibernateProperties.keySet().stream()
                .filter(name -> NOT_HIBERNATES.stream().anyMatch(name::startsWith))
                .sorted()
                .map(name -> "the Hibernate property " + name
                        + " is not for Hibernate to decide here; set it on the builder")
                .forEach(problems::add);
        DatabaseSettings.throwIfAny(problems);
    }

    /** Returns the entity that holds content types in this database; null if none does. */
    @Nullable
    Class<?> contentType() {
        return contentTypes == null || contentTypes.database() != null ? null : contentTypes.prototype();
    }

    private static List<String> problems(TenantDatabases databases, JdbcTarget target, boolean hasNoModels) {
        List<String> problems = new ArrayList<>();
        if (hasNoModels) {
            problems.add("there are databases for tenants, but no tenant models");
        }
        String url = databases.url().reveal();
        if (url.contains(TenantDatabases.TENANT)) {
            JdbcTarget sample = target(url, "tenant");
            if (Product.suggestedBy(sample.url()) != Product.suggestedBy(target.url())) {
                problems.add("the tenants' databases must be of the same product as the shared one: " + sample.masked()
                        + " and " + target.masked());
            }
            if (InMemory.of(sample.url()) != InMemory.NO
                    && !sample.url().toLowerCase(Locale.ROOT).contains("db_close_delay=-1")) {
                problems.add("a tenant's database in memory must outlive its connections: add ;DB_CLOSE_DELAY=-1 to "
                        + sample.masked());
            }
        } else {
            problems.add("the URL of the tenants' databases must have " + TenantDatabases.TENANT + " in it");
        }
        if (databases.budget() < 2) {
            problems.add("the budget must be at least 2, not " + databases.budget());
        }
        if (databases.poolSize() < 1 || databases.poolSize() >= databases.budget()) {
            problems.add("the pool size of a tenant must be at least 1 and less than the budget of "
                    + databases.budget() + ", not " + databases.poolSize());
        }
        if (databases.idleTimeout().compareTo(Duration.ofSeconds(1)) < 0) {
            problems.add("the idle timeout of tenants must be at least " + Duration.ofSeconds(1) + ", not "
                    + databases.idleTimeout());
        }
        return problems;
    }

    private static JdbcTarget target(String template, String tenant) {
        return JdbcTarget.of(template.replace(TenantDatabases.TENANT, tenant));
    }

    /** Returns the name of the database of a tenant on its server: the last part of its URL. */
    String databaseOf(String tenant) {
        String url = ofTenant(tenant).target().url();
        String path = url.split("[?;]", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the settings of the database of a tenant; only for a database that gives tenants databases. */
    SqlSettings ofTenant(String tenant) {
        TenantDatabases databases = Objects.requireNonNull(tenantDatabases, "tenantDatabases");
        JdbcTarget own = target(databases.url().reveal(), tenant);
        PoolSettings ofOne = new PoolSettings(
                databases.poolSize(), 0, 0, pool.waitLimit(), pool.maxLifetime(), pool.idleTimeout(), pool.prePing());
        return new SqlSettings(
                (own.user() == null ? own.withCredentials(target.user(), target.password()) : own)
                        .withDriverProperties(target.driverProperties()),
                ofOne,
                null,
                isolation,
                false,
                batchSize,
                logQueries,
                logBindValues,
                null,
                Set.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                Map.of());
    }

    /** Whether Hibernate is told to keep a second-level cache: in so many words, or by being given one. */
    boolean hasCache() {
        return hasCache(hibernateProperties);
    }

    private static boolean hasCache(Map<String, Object> properties) {
        Object said = properties.get(SECOND_LEVEL_CACHE);
        return said == null ? properties.containsKey(REGION_FACTORY) : Boolean.parseBoolean(String.valueOf(said));
    }

    boolean hasTenants() {
        return !tenantModels.isEmpty();
    }

    static boolean isSchemaName(String name) {
        // PostgreSQL counts bytes, and cuts off what is too long without a word: two names would be one.
        return SCHEMA.matcher(name).matches()
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && !SqlSplitter.mayHavePlaceholders(name);
    }

    /** Returns the name of a schema. */
    static String schemaName(String name) {
        if (!isSchemaName(name)) {
            throw new IllegalArgumentException(SCHEMA_RULE + ", not '" + name + "'");
        }
        return name;
    }
}
