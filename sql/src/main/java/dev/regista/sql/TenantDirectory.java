package dev.regista.sql;

import dev.regista.TenantSuspendedException;
import dev.regista.UnknownTenantException;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tenants that this process knows of, in memory, so that no unit of work asks the server for its tenant. */
final class TenantDirectory {
    private final String database;
    private volatile Map<String, TenantInfo> tenants = new ConcurrentHashMap<>();

    TenantDirectory(String database) {
        this.database = database;
    }

    /** Returns a tenant that can be used. */
    TenantInfo active(String name) {
        TenantInfo tenant = get(name);
        if (tenant.state() != TenantState.ACTIVE) {
            throw new TenantSuspendedException(name, database, words(tenant.state()));
        }
        return tenant;
    }

    TenantInfo get(String name) {
        return find(name).orElseThrow(() -> new UnknownTenantException(name, database, tenants.keySet()));
    }

    Optional<TenantInfo> find(String name) {
        return Optional.ofNullable(tenants.get(name));
    }

    List<TenantInfo> list() {
        return tenants.values().stream()
                .sorted(Comparator.comparing(TenantInfo::name))
                .toList();
    }

    void put(TenantInfo tenant) {
        tenants.put(tenant.name(), tenant);
    }

    void remove(String name) {
        tenants.remove(name);
    }

    void replaceAll(Collection<TenantInfo> all) {
        tenants = all.stream()
                .collect(Collectors.toMap(TenantInfo::name, Function.identity(), (a, b) -> b, ConcurrentHashMap::new));
    }

    private static String words(TenantState state) {
        return switch (state) {
            case CREATING -> "being created";
            case DROPPING -> "being dropped";
            default -> state.name().toLowerCase(Locale.ROOT);
        };
    }
}
