package dev.regista.sql.tenancy;

import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import java.time.Duration;

/**
 * Gives each new tenant a database of its own in place of a schema, on the server of the shared one. Immutable: the methods
 * return a copy with one value changed. Values that cannot work are reported when the database is built.
 *
 * <p>A tenant's database is opened when it is first used, and has a pool of its own while it is in use. All pools, that of
 * the shared database included, are under one budget: together they never have more connections than that.
 *
 * @param url where the database of a tenant is; {@code {tenant}} in it stands for the tenant's name. Without credentials,
 *     those of the shared database hold
 * @param budget how many connections there may be in all; default 50, at least 2
 * @param poolSize how many of them one tenant may have; default 10. Less than the budget, so that one busy tenant leaves
 *     room for the others
 * @param idleTimeout after how long the pool of a tenant that nobody uses is closed; default 1 minute, at least 1 second
 * @param whenFull what happens when the budget is used up; default {@link WhenFull#EVICT}
 */
public record TenantDatabases(Secret url, int budget, int poolSize, Duration idleTimeout, WhenFull whenFull) {
    /** What stands for the name of the tenant in the URL. */
    public static final String TENANT = "{tenant}";

    /**
     * Returns the defaults.
     *
     * @param url a JDBC URL or the general form, as {@link dev.regista.sql.SqlDatabase#at(String)} takes it, with
     *     {@code {tenant}} in it
     */
    public static TenantDatabases at(String url) {
        return new TenantDatabases(Secret.of(url), 50, 10, Duration.ofMinutes(1), WhenFull.EVICT);
    }

    /** Returns these settings with another budget. */
    public TenantDatabases withBudget(int connections) {
        return new TenantDatabases(url, connections, poolSize, idleTimeout, whenFull);
    }

    /** Returns these settings with another limit for one tenant. */
    public TenantDatabases withPoolSize(int connections) {
        return new TenantDatabases(url, budget, connections, idleTimeout, whenFull);
    }

    /** Returns these settings with another idle timeout. */
    public TenantDatabases withIdleTimeout(Duration limit) {
        return new TenantDatabases(url, budget, poolSize, limit, whenFull);
    }

    /** Returns these settings with another way to deal with a used-up budget. */
    public TenantDatabases withWhenFull(WhenFull what) {
        return new TenantDatabases(url, budget, poolSize, idleTimeout, what);
    }

    /** Returns the settings, with secrets in the URL masked. */
    @Override
    public String toString() {
        return "TenantDatabases[url=" + DatabaseUrl.mask(url.reveal()) + ", budget=" + budget + ", poolSize=" + poolSize
                + ", idleTimeout=" + idleTimeout + ", whenFull=" + whenFull + "]";
    }
}
