package dev.regista.sql;

import dev.regista.NotSupportedException;
import dev.regista.TenantRequiredException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the schemas of a route into SQL. Hibernate writes one placeholder before every name that has no schema of its own;
 * the name after it decides which schema is meant: the tenant's for what belongs to tenant models, the shared one for what
 * belongs to others. A name that nobody here knows is the tenant's, if there is one: then what is missing there is an
 * error of the database, not a look into another schema.
 *
 * <p>A text is taken apart once. Putting it together is one string per statement; no lock, no round trip.
 */
final class Placeholders {
    /** More texts than an application has, but for one that writes values into its SQL. */
    private static final int MOST_TEXTS = 5_000;

    private static final int LONGEST_KEPT = 10_000;

    private final String database;
    private final Set<String> tenantObjects;
    private final Set<String> sharedObjects;
    private final Set<String> fixedObjects;
    private final String quote;
    private final String defaultSchema;
    private final SqlSplitter splitter;
    private final Map<String, List<Part>> texts = new ConcurrentHashMap<>();

    /** A piece of SQL, and whose schema comes after it; {@code null} at the end. */
    private record Part(String text, @Nullable Owner owner, String object) {}

    private enum Owner {
        TENANT,
        SHARED,
        /** The same in all schemas: what tables in schemas of their own have their ids from, and the content types. */
        FIXED,
        /** A table that Hibernate keeps ids in while it works on several tables; its rows are the session's. */
        SESSION,
        UNKNOWN
    }

    /**
     * Knows what belongs to whom.
     *
     * @param tenantObjects the names of tables and sequences of tenant models, in lower case
     * @param sharedObjects those of all others
     * @param fixedObjects those among the others that are in the default schema, whatever the route says
     * @param quote what the database puts around names
     * @param defaultSchema where shared objects are if the route says nothing else
     */
    Placeholders(
            String database,
            Set<String> tenantObjects,
            Set<String> sharedObjects,
            Set<String> fixedObjects,
            String quote,
            String defaultSchema) {
        this.database = database;
        this.tenantObjects = tenantObjects;
        this.sharedObjects = sharedObjects;
        this.fixedObjects = fixedObjects;
        this.quote = quote;
        this.defaultSchema = defaultSchema;
        this.splitter = new SqlSplitter(quote);
    }

    /**
     * Returns a statement with its schemas.
     *
     * @throws TenantRequiredException if it names what belongs to tenants, and the route has none
     */
    String fill(String sql, Route route) {
        return fill(sql, route, name -> defaultSchema);
    }

    /**
     * Returns a statement with its schemas, of which some are others.
     *
     * @param schemaOfFixed by the name in lower case
     */
    String fill(String sql, Route route, UnaryOperator<String> schemaOfFixed) {
        if (!SqlSplitter.mayHavePlaceholders(sql)) {
            return sql;
        }
        StringBuilder filled = new StringBuilder(sql.length() + 32);
        for (Part part : parts(sql)) {
            filled.append(part.text);
            if (part.owner != null) {
                filled.append(quote)
                        .append(
                                part.owner == Owner.FIXED
                                        ? schemaOfFixed.apply(part.object.toLowerCase(Locale.ROOT))
                                        : schema(part.owner, part.object, route))
                        .append(quote)
                        .append('.');
            }
        }
        return filled.toString();
    }

    private String schema(Owner owner, String object, Route route) {
        String tenant = route.tenantSchema();
        if (owner == Owner.SESSION) {
            return tenant != null && route.isApart() ? tenant : defaultSchema;
        }
        if (owner == Owner.TENANT && tenant == null) {
            throw route.isApart() ? mixed(object, route) : new TenantRequiredException(database, object);
        }
        if (owner == Owner.SHARED && tenant != null && route.isApart()) {
            throw mixed(object, route);
        }
        if (tenant != null && owner != Owner.SHARED) {
            return tenant;
        }
        String schema = route.schema();
        return schema == null ? defaultSchema : schema;
    }

    private NotSupportedException mixed(String object, Route route) {
        return new NotSupportedException(
                database,
                "shared and tenant models in one unit of work of a tenant that has a database of its own (tenant '"
                        + route.tenant() + "', '" + object + "'): use a unit for each");
    }

    /** Returns whether a statement names shared things and nothing of tenants. */
    boolean isShared(String sql) {
        if (!SqlSplitter.mayHavePlaceholders(sql)) {
            return false;
        }
        List<Part> parts = parts(sql);
        return parts.stream().anyMatch(part -> part.owner == Owner.SHARED || part.owner == Owner.FIXED)
                && parts.stream().noneMatch(part -> part.owner == Owner.TENANT);
    }

    private List<Part> parts(String sql) {
        List<Part> known = texts.get(sql);
        if (known != null) {
            return known;
        }
        List<Part> parts = splitter.split(sql).stream()
                .map(piece -> new Part(
                        piece.text(),
                        piece.object() == null ? null : owner(piece.object()),
                        piece.object() == null ? "" : piece.object()))
                .toList();
        if (texts.size() < MOST_TEXTS && sql.length() < LONGEST_KEPT) {
            texts.put(sql, parts);
        }
        return parts;
    }

    private Owner owner(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (tenantObjects.contains(lower)) {
            return Owner.TENANT;
        }
        if (fixedObjects.contains(lower)) {
            return Owner.FIXED;
        }
        if (sharedObjects.contains(lower)) {
            return Owner.SHARED;
        }
        return lower.startsWith("ht_") || lower.startsWith("hte_") ? Owner.SESSION : Owner.UNKNOWN;
    }
}
