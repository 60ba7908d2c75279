package dev.regista.sql;

import dev.regista.TenantSuspendedException;
import dev.regista.UnknownTenantException;
import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tenants that this process knows of, in memory, so that no unit of work asks the server for its tenant. */
final class TenantDirectory {
    private final String database;

    /** Looked at without the lock, changed with it. */
    private final Map<String, Known> byName = new ConcurrentHashMap<>();

    private final Map<Long, Known> byId = new ConcurrentHashMap<>();

    /** What each reading of the catalogue that is under way must not overwrite: it may have read what was before. */
    private final Set<Reading> readings = new HashSet<>();

    TenantDirectory(String database) {
        this.database = database;
    }

    /** A tenant, and the route of its units of work where no schema is said, which is the same for all of them. */
    private record Known(TenantInfo info, Route route) {}

    /** Names that have changed here since the reading of the catalogue began. */
    static final class Reading {
        private final Set<Long> changed = new HashSet<>();
    }

    /** Returns a tenant that can be used. */
    TenantInfo active(String name) {
        return usable(name).info;
    }

    /** Returns the route of a tenant that can be used, the same one each time. */
    Route route(String name) {
        return usable(name).route;
    }

    private Known usable(String name) {
        Known known = byName.get(name);
        if (known == null) {
            throw unknown(name);
        }
        if (known.info.state() != TenantState.ACTIVE) {
            throw unusable(name);
        }
        return known;
    }

    /** Returns what is wrong with a tenant that is there. */
    TenantSuspendedException unusable(String name) {
        return new TenantSuspendedException(name, database, words(get(name).state()));
    }

    TenantInfo get(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    private UnknownTenantException unknown(String name) {
        return new UnknownTenantException(name, database, byName.keySet());
    }

    Optional<TenantInfo> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(Known::info);
    }

    /** Returns the tenant in a schema, if it can be used or is suspended. */
    Optional<TenantInfo> findUsable(String schema) {
        return byId.values().stream()
                .map(Known::info)
                .filter(tenant -> tenant.placement() == Placement.SCHEMA
                        && tenant.schema().equals(schema)
                        && (tenant.state() == TenantState.ACTIVE || tenant.state() == TenantState.SUSPENDED))
                .findFirst();
    }

    List<TenantInfo> list() {
        return byName.values().stream()
                .map(Known::info)
                .sorted(Comparator.comparing(TenantInfo::name))
                .toList();
    }

    /** Makes sure that the tenant of a unit of work under way has not been dropped meanwhile. */
    void checkStillThere(Route route) {
        Known known = byId.get(route.tenantId());
        if (known == null || !route.isOfTenantOf(known.route) || known.info.state() == TenantState.DROPPING) {
            throw unknown(String.valueOf(route.tenant()));
        }
    }

    synchronized void put(TenantInfo tenant) {
        readings.forEach(reading -> reading.changed.add(tenant.id()));
        set(tenant);
    }

    private void set(TenantInfo tenant) {
        Known known = new Known(tenant, Route.of(tenant));
        Known before = byId.put(tenant.id(), known);
        byName.put(tenant.name(), known);
        if (before != null && !before.info.name().equals(tenant.name())) {
            byName.remove(before.info.name(), before);
        }
    }

    synchronized void remove(TenantInfo tenant) {
        readings.forEach(reading -> reading.changed.add(tenant.id()));
        forget(tenant.id());
    }

    private void forget(long id) {
        Known known = byId.remove(id);
        if (known != null) {
            byName.remove(known.info.name(), known);
        }
    }

    /** To be called before the catalogue is read. */
    synchronized Reading beginReading() {
        Reading reading = new Reading();
        readings.add(reading);
        return reading;
    }

    synchronized void endReading(Reading reading) {
        readings.remove(reading);
    }

    /** Replaces everything by what has been read, but for what has changed here meanwhile. */
    synchronized void replaceAll(Reading reading, Collection<TenantInfo> all) {
        Set<Long> read = new HashSet<>();
        for (TenantInfo tenant : all) {
            read.add(tenant.id());
        }
        for (Long id : List.copyOf(byId.keySet())) {
            if (!read.contains(id) && !reading.changed.contains(id)) {
                forget(id);
            }
        }
        for (TenantInfo tenant : all) {
            if (!reading.changed.contains(tenant.id())) {
                set(tenant);
            }
        }
    }

    private static String words(TenantState state) {
        return switch (state) {
            case CREATING -> "being created";
            case DROPPING -> "being dropped";
            case UNKNOWN -> "in a state that this version does not know";
            default -> state.name().toLowerCase(Locale.ROOT);
        };
    }
}
