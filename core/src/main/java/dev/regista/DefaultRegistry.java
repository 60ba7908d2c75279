package dev.regista;

import dev.regista.callback.Hook;
import dev.regista.spi.RegistryMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry: a {@link Catalog} that look-ups read without a lock, and a lock for everything that changes it. */
final class DefaultRegistry implements Registry {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    private final List<Hook<? super Registry>> openHooks;
    private final List<Hook<? super Registry>> closeHooks;

    /** Guards {@link #connects} and each change of {@link #catalog}; held while databases open and close. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile Catalog catalog;
    private volatile int connects;

    DefaultRegistry(Catalog catalog, List<Hook<? super Registry>> openHooks, List<Hook<? super Registry>> closeHooks) {
        this.catalog = catalog;
        this.openHooks = openHooks;
        this.closeHooks = closeHooks;
        catalog.databases().values().forEach(this::welcome);
    }

    private void welcome(Database<?> database) {
        if (database instanceof RegistryMember member) {
            member.joined(this);
        }
    }

    @Override
    public Database<?> database(String name) {
        return catalog.database(name);
    }

    @Override
    public <D extends Database<?>> D database(String name, Class<D> type) {
        return typed(name, catalog.database(name), type);
    }

    @Override
    public Optional<Database<?>> findDatabase(String name) {
        return catalog.findDatabase(name);
    }

    @Override
    public Database<?> databaseOf(Class<?> model) {
        return catalog.databaseOf(model);
    }

    @Override
    public <D extends Database<?>> D databaseOf(Class<?> model, Class<D> type) {
        Database<?> database = catalog.databaseOf(model);
        return typed(database.name(), database, type);
    }

    @Override
    public Optional<Database<?>> findDatabaseOf(Class<?> model) {
        return catalog.findDatabaseOf(model);
    }

    @Override
    public Map<String, Database<?>> databases() {
        return catalog.databases();
    }

    @Override
    public Set<Class<?>> models() {
        return catalog.models();
    }

    @Override
    public boolean isConnected() {
        return connects > 0;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
    public void connect() {
        changing.lock();
        try {
            List<Database<?>> databases = List.copyOf(catalog.databases().values());
            Crowd.connect(databases);
            if (connects == 0) {
                runOpenHooks(databases);
            }
            connects++;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public CompletableFuture<Void> connectAsync() {
        return Crowd.async("regista-connect", this::connect);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
    public void disconnect() {
        changing.lock();
        try {
            if (connects == 0) {
                return;
            }
            List<Throwable> failures = connects == 1 ? runCloseHooks() : new ArrayList<>();
            connects--;
            failures.addAll(Crowd.disconnect(List.copyOf(catalog.databases().values())));
            Crowd.throwFirst(failures);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public CompletableFuture<Void> disconnectAsync() {
        return Crowd.async("regista-disconnect", this::disconnect);
    }

    @Override
    public <D extends Database<?>> D add(String name, D database) {
        changing.lock();
        try {
            List<String> problems = new ArrayList<>(catalog.problemsOfName(name));
            if (problems.isEmpty()) {
                problems.addAll(catalog.with(name, database).problemsOfModels());
            }
            if (!problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            connectAsOftenAsTheOthers(database);
            catalog = catalog.with(name, database);
            welcome(database);
            return database;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public Database<?> remove(String name) {
        return take(name, null);
    }

    @Override
    public Database<?> remove(String name, Duration drain) {
        return take(name, drain);
    }

    private Database<?> take(String name, @Nullable Duration drain) {
        changing.lock();
        try {
            Database<?> database = catalog.database(name);
            catalog = catalog.without(name);
            for (int held = connects; held > 0; held--) {
                if (drain == null) {
                    database.disconnect();
                } else {
                    database.disconnect(drain);
                }
            }
            return database;
        } finally {
            changing.unlock();
        }
    }

    private void connectAsOftenAsTheOthers(Database<?> database) {
        for (int held = 0; held < connects; held++) {
            database.connect();
        }
    }

    private void runOpenHooks(List<Database<?>> databases) {
        try {
            for (Hook<? super Registry> hook : openHooks) {
                hook.run(this);
            }
        } catch (Throwable t) {
            OpenFailedException failure = new OpenFailedException("an open hook failed", t);
            Crowd.disconnect(databases).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private List<Throwable> runCloseHooks() {
        List<Throwable> failures = new ArrayList<>();
        for (Hook<? super Registry> hook : closeHooks) {
            try {
                hook.run(this);
            } catch (Throwable t) {
                LOG.warn("A close hook of the registry failed", t);
                failures.add(new CloseFailedException("the registry: a close hook", t));
            }
        }
        return failures;
    }

    private static <D extends Database<?>> D typed(String name, Database<?> database, Class<D> type) {
        if (!type.isInstance(database)) {
            throw new WrongTypeException("Database '" + name + "'", type, database.getClass());
        }
        return type.cast(database);
    }
}
