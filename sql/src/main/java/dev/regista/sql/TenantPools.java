package dev.regista.sql;

import dev.regista.spi.Failures;
import dev.regista.spi.Lease;
import dev.regista.sql.tenancy.TenantDatabases;
import dev.regista.sql.tenancy.WhenFull;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * The pools of tenants that have databases of their own, each opened at first use and closed when nobody has used it for a
 * while, and the pool of the shared database: all under one budget.
 */
final class TenantPools implements AutoCloseable {
    /** More than a pool takes to close itself. */
    private static final int CLOSE_SECONDS = 30;

    private static final int MILLISECONDS_BETWEEN_LOOKS = 20;

    private final String database;
    private final SqlSettings settings;
    private final TenantDatabases databases;
    private final Duration connectTimeout;
    private final Product product;
    private final Budget budget;
    private final Pool shared;
    /** By the tenant's part of the URL: where the catalogue is created again, an id can be another tenant's. */
    private final Map<String, TenantPool> pools = new ConcurrentHashMap<>();

    /** The schema of each database, by the same; asked once. */
    private final Map<String, String> schemas = new ConcurrentHashMap<>();

    private final ScheduledExecutorService sweeper;
    private final ExecutorService closing;

    private final AtomicBoolean isMakingRoom = new AtomicBoolean();

    TenantPools(String database, SqlSettings settings, DataSource physical, Duration connectTimeout, Product product) {
        this.database = database;
        this.settings = settings;
        this.databases = Objects.requireNonNull(settings.tenantDatabases(), "tenantDatabases");
        this.connectTimeout = connectTimeout;
        this.product = product;
        this.budget = new Budget(databases.budget(), settings.pool().waitLimit(), this::askForRoom, this::leases);
        this.shared = new Pool(database, settings, physical, budget);
        // Pools that are being closed may still ask for room.
        this.sweeper = new ScheduledThreadPoolExecutor(
                1, threads("regista-tenants-" + database), new ThreadPoolExecutor.DiscardPolicy());
        this.closing = Executors.newCachedThreadPool(threads("regista-tenants-closing-" + database));
        long interval = Math.max(1, databases.idleTimeout().toMillis() / 2);
        var unused = sweeper.scheduleWithFixedDelay(this::closeUnused, interval, interval, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    Pool shared() {
        return shared;
    }

    /** Takes a connection to the database of a tenant. */
    Held take(Route route) throws SQLException {
        TenantPool pool = enter(route);
        try {
            if (databases.whenFull() == WhenFull.REFUSE && !pool.pool.hasIdle() && budget.isUsedUp()) {
                throw pool.pool.exhausted(budget, Duration.ZERO, null);
            }
            Connection connection = pool.getConnection();
            try {
                return new Held(pool, connection, schema(route, connection));
            } catch (Throwable t) {
                pool.pool.closeConnection(connection);
                throw t;
            }
        } catch (Throwable t) {
            pool.leave();
            throw t;
        }
    }

    /**
     * A connection that has been taken.
     *
     * @param source where it goes back to
     * @param schema the one it is in
     */
    record Held(ConnectionSource source, Connection connection, String schema) {}

    private String schema(Route route, Connection connection) throws SQLException {
        String known = schemas.get(key(route));
        if (known == null) {
            known = product.currentSchema(connection);
            schemas.put(key(route), known);
        }
        return known;
    }

    private TenantPool enter(Route route) {
        return Objects.requireNonNull(pools.compute(key(route), (key, open) -> {
            TenantPool pool = open == null ? open(route) : open;
            pool.users.incrementAndGet();
            return pool;
        }));
    }

    private static String key(Route route) {
        return Objects.requireNonNull(route.tenantSchema(), "tenantSchema");
    }

    private TenantPool open(Route route) {
        SqlSettings own = settings.ofTenant(key(route));
        return new TenantPool(new Pool(
                database + "/" + route.tenant(),
                own,
                new PhysicalConnections(own.target(), connectTimeout, false),
                budget));
    }

    /**
     * Called by threads that open connections for a pool. They must not close others: closing a pool waits for the thread
     * that opens its connections, and two of them could wait for each other.
     */
    private void askForRoom() {
        if (!isMakingRoom.getAndSet(true)) {
            sweeper.execute(this::makeRoomWhileAwaited);
        }
    }

    /** Again and again: other pools may have connections that nobody uses by then. */
    private void makeRoomWhileAwaited() {
        try {
            makeRoom();
        } finally {
            isMakingRoom.set(false);
            if (budget.isAwaited() && !isMakingRoom.getAndSet(true)) {
                var unused =
                        sweeper.schedule(this::makeRoomWhileAwaited, MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Closes pools until one of them had a connection; if there is none that nobody uses, idle connections of others. */
    private void makeRoom() {
        List<Map.Entry<String, TenantPool>> longestUnused = pools.entrySet().stream()
                .filter(entry -> entry.getValue().users.get() == 0)
                .sorted(Comparator.comparingLong(entry -> entry.getValue().lastUsed))
                .toList();
        for (Map.Entry<String, TenantPool> entry : longestUnused) {
            boolean hadConnections = entry.getValue().pool.hasIdle();
            if (closeIf(entry.getKey(), pool -> true) && hadConnections) {
                return;
            }
        }
        if (shared.hasIdle()) {
            shared.closeIdle();
            return;
        }
        pools.values().stream()
                .map(pool -> pool.pool)
                .filter(Pool::hasIdle)
                .findFirst()
                .ifPresent(Pool::closeIdle);
    }

    private void closeUnused() {
        long longAgo = System.nanoTime() - databases.idleTimeout().toNanos();
        pools.keySet().forEach(key -> closeIf(key, pool -> pool.lastUsed - longAgo < 0));
    }

    /** Closes the pool of a tenant if nobody uses it; whoever needs it from then on opens another. */
    private boolean closeIf(String key, Predicate<TenantPool> condition) {
        List<TenantPool> removed = new ArrayList<>(1);
        pools.computeIfPresent(key, (present, pool) -> {
            if (pool.users.get() > 0 || !condition.test(pool)) {
                return pool;
            }
            removed.add(pool);
            return null;
        });
        for (TenantPool pool : removed) {
            // The connections at once; the rest of a pool waits for its threads, which may sleep.
            pool.pool.closeIdle();
            closing.execute(pool::close);
        }
        return !removed.isEmpty();
    }

    /** Closes the pool of a tenant that is being dropped, whoever uses it. */
    void forget(Route route) {
        forget(key(route));
    }

    private void forget(String key) {
        TenantPool pool = pools.remove(key);
        if (pool != null) {
            pool.close();
        }
        schemas.remove(key);
    }

    private Collection<Lease> leases() {
        List<Lease> leases = new ArrayList<>(shared.leases());
        pools.values().forEach(pool -> leases.addAll(pool.pool.leases()));
        return leases;
    }

    /** Returns the most connections that there have been at once, those of the shared database included. */
    int mostConnections() {
        return budget.most();
    }

    /** Returns the tenants whose pools are open. */
    Set<String> open() {
        return Set.copyOf(pools.keySet());
    }

    @Override
    public void close() throws Exception {
        Failures failures = new Failures();
        sweeper.shutdownNow();
        for (String key : open()) {
            failures.attempt(() -> forget(key));
        }
        closing.shutdown();
        failures.attempt(() -> closing.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS));
        failures.attempt(shared::close);
        failures.throwIfAny();
    }

    /** The pool of a tenant, and how many units of work have or wait for a connection of it. */
    private static final class TenantPool implements ConnectionSource {
        private final Pool pool;

        /** Leaves zero only while the entry of the map is locked, under which it is also looked at. */
        private final AtomicInteger users = new AtomicInteger();

        private volatile long lastUsed = System.nanoTime();

        private TenantPool(Pool pool) {
            this.pool = pool;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void closeConnection(Connection connection) throws SQLException {
            try {
                pool.closeConnection(connection);
            } finally {
                leave();
            }
        }

        private void leave() {
            lastUsed = System.nanoTime();
            users.decrementAndGet();
        }

        @Override
        public void discard(Connection connection) {
            pool.discard(connection);
        }

        private void close() {
            try {
                pool.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("could not close the pool of a tenant", e);
            }
        }
    }
}
