package dev.regista.sql;

import dev.regista.Isolation;
import dev.regista.spi.DatabaseSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        Map<String, Object> hibernateProperties) {
    /** Quotes are left out because Hibernate does not double them; 63 is the shortest limit there is (PostgreSQL's). */
    private static final Pattern SCHEMA = Pattern.compile("(?!\\s*$)[^\"`'\\p{Cntrl}]{1,63}");

    private static final int LONGEST = 63;

    private static final String SCHEMA_RULE =
            "the name of the schema must have 1 to 63 characters, none of them a quote or a control character";

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
        hibernateProperties = Map.copyOf(hibernateProperties);
        List<String> problems = new ArrayList<>(pool.problems());
        problems.addAll(target.problems());
        if (schema != null && !isSchemaName(schema)) {
            problems.add(SCHEMA_RULE + ", not '" + schema + "'");
        }
        if (!tenantModels.isEmpty()
                && Boolean.parseBoolean(String.valueOf(hibernateProperties.get(SECOND_LEVEL_CACHE)))) {
            problems.add(
                    "a second-level cache cannot be used with tenant models: an update of a shared row by one tenant"
                            + " would not be seen by the others");
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

    boolean hasTenants() {
        return !tenantModels.isEmpty();
    }

    static boolean isSchemaName(String name) {
        // PostgreSQL counts bytes, and cuts off what is too long without a word: two names would be one.
        return SCHEMA.matcher(name).matches()
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && !name.equals(Placeholders.NAME);
    }

    /** Returns the name of a schema. */
    static String schemaName(String name) {
        if (!isSchemaName(name)) {
            throw new IllegalArgumentException(SCHEMA_RULE + ", not '" + name + "'");
        }
        return name;
    }
}
