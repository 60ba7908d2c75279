package dev.regista.neo4j;

import dev.regista.ConfigurationException;
import dev.regista.PoolExhaustedException;
import dev.regista.spi.Backend;
import dev.regista.spi.Lease;
import dev.regista.spi.Mode;
import dev.regista.spi.UnitSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.BookmarkManager;
import org.neo4j.driver.BookmarkManagerConfig;
import org.neo4j.driver.BookmarkManagers;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.async.AsyncSession;
import org.neo4j.driver.async.AsyncTransaction;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import org.neo4j.driver.exceptions.TokenExpiredException;
import org.neo4j.driver.exceptions.TransactionTerminatedException;
import org.neo4j.driver.exceptions.TransientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live side of a Neo4j database: its driver, the bookmarks of what was committed, and who holds connections. */
final class Neo4jBackend implements Backend<TransactionContext> {
    /** What a failure has as its code when it is not the server's. */
    static final String NO_CODE = "N/A";

    private static final Logger LOG = LoggerFactory.getLogger(Neo4jDatabase.class);

    private final String name;
    private final Neo4jSettings settings;
    private final Credentials credentials;
    private final Driver driver;
    private final BookmarkManager bookmarks =
            BookmarkManagers.defaultManager(BookmarkManagerConfig.builder().build());
    private final Map<Neo4jUnit, Lease> held = new ConcurrentHashMap<>();

    private Neo4jBackend(String name, Neo4jSettings settings, Credentials credentials, Driver driver) {
        this.name = name;
        this.settings = settings;
        this.credentials = credentials;
        this.driver = driver;
    }

    /** Makes sure that the server answers, lets us in and has the database. Ends early when it is interrupted. */
    static Neo4jBackend open(String name, Neo4jSettings settings, Duration connectTimeout) throws Exception {
        Credentials credentials = new Credentials(settings);
        Driver driver = driver(settings, credentials, connectTimeout);
        Neo4jBackend backend = new Neo4jBackend(name, settings, credentials, driver);
        try {
            AsyncSession session = driver.session(AsyncSession.class, backend.sessionConfig(AccessMode.READ));
            session.beginTransactionAsync()
                    .thenCompose(AsyncTransaction::closeAsync)
                    .thenCompose(ended -> session.closeAsync())
                    .toCompletableFuture()
                    .get();
            return backend;
        } catch (ExecutionException e) {
            // Not waited for: what is to be closed may hang.
            driver.closeAsync();
            throw e.getCause() instanceof Exception failure ? failure : e;
        } catch (InterruptedException e) {
            driver.closeAsync();
            throw e;
        }
    }

    private static Driver driver(Neo4jSettings settings, Credentials credentials, Duration connectTimeout) {
        try {
            return GraphDatabase.driver(
                    settings.address().uri(), credentials, DriverConfig.of(settings, connectTimeout));
        } catch (IllegalArgumentException e) {
            ConfigurationException refusal = new ConfigurationException(
                    "the driver refuses the settings for '" + settings.address().text() + "': " + e.getMessage());
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    // ---- units of work

    @Override
    public Neo4jUnit begin(UnitSettings unitSettings) {
        if (unitSettings.isolation() != null) {
            throw new UnsupportedOperationException("isolation levels");
        }
        return Neo4jUnit.begin(this, unitSettings);
    }

    Session session(Mode mode) {
        return driver.session(sessionConfig(mode == Mode.WRITE ? AccessMode.WRITE : AccessMode.READ));
    }

    private SessionConfig sessionConfig(AccessMode mode) {
        SessionConfig.Builder config =
                SessionConfig.builder().withDefaultAccessMode(mode).withBookmarkManager(bookmarks);
        String database = settings.database();
        return (database == null ? config : config.withDatabase(database)).build();
    }

    /**
     * Does something that takes a connection from the pool and has no effect if it fails. It is done again if the server
     * refuses the credentials, and there are others by now.
     */
    private <T> T connected(Supplier<T> step) {
        AuthToken used = credentials.current();
        try {
            return step.get();
        } catch (AuthenticationException | TokenExpiredException e) {
            if (!renewed(used, e)) {
                throw e;
            }
            LOG.info("The server of database '{}' refused the credentials; there are new ones", name);
            return step.get();
        } catch (Neo4jException e) {
            throw explained(e);
        }
    }

    private boolean renewed(AuthToken refused, Neo4jException failure) {
        try {
            return credentials.renew(refused);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private RuntimeException explained(Neo4jException failure) {
        if (failure.code().equals(NO_CODE) && held.size() >= settings.pool().size()) {
            if (failure.getCause() instanceof TimeoutException) {
                return exhausted(settings.pool().waitLimit(), failure);
            }
            if (failure instanceof TransientException) {
                // So many are waiting that the driver lets nobody else wait.
                return exhausted(Duration.ZERO, failure);
            }
        }
        if (failure.code().contains("Bookmark")) {
            // After the server's data was set back, nobody would get in any more.
            LOG.warn("The server of database '{}' does not know what was committed before; that is forgotten", name);
            bookmarks.updateBookmarks(bookmarks.getBookmarks(), Set.of());
        }
        return failure;
    }

    /** Takes a connection from the pool for a unit, as {@link #connected}; given back by {@link #giveBack}. */
    <T> T take(Neo4jUnit unit, Supplier<T> step) {
        if (!held.containsKey(unit)) {
            refuseToWaitForOneself();
        }
        T taken = connected(step);
        held.putIfAbsent(unit, new Lease());
        return taken;
    }

    /** With routing, there is a pool for each member of the cluster, and nobody here knows which one is asked. */
    private void refuseToWaitForOneself() {
        int size = settings.pool().size();
        if (held.size() < size || settings.address().routes()) {
            return;
        }
        Thread self = Thread.currentThread();
        long own = held.entrySet().stream()
                .filter(unit ->
                        unit.getKey().keepsItsConnection() && unit.getValue().thread() == self)
                .count();
        if (own >= size) {
            throw exhausted(Duration.ZERO, null);
        }
    }

    void giveBack(Neo4jUnit unit) {
        held.remove(unit);
    }

    private PoolExhaustedException exhausted(Duration waited, @Nullable Neo4jException cause) {
        return new PoolExhaustedException(name, settings.pool().size(), waited, Lease.holders(held.values()), cause);
    }

    /** The driver's own rule for managed transactions. */
    @Override
    public boolean isRetryable(Throwable failure) {
        Throwable reason = failure instanceof TransactionTerminatedException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return reason instanceof RetryableException;
    }

    // ---- the rest

    String name() {
        return name;
    }

    Driver driver() {
        return driver;
    }

    BookmarkManager bookmarks() {
        return bookmarks;
    }

    void verify() {
        try (Session session = session(Mode.READ)) {
            connected(session::beginTransaction).close();
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
