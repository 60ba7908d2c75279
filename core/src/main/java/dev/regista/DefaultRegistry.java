package dev.regista;

import dev.regista.callback.Hook;
import dev.regista.model.ModelCallback;
import dev.regista.model.ModelPart;
import dev.regista.model.Models;
import dev.regista.model.Registration;
import dev.regista.model.Times;
import dev.regista.spi.ModelHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry: a {@link Catalog} that look-ups read without a lock, and locks for everything that changes it. */
final class DefaultRegistry implements Registry {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    private final List<Hook<? super Registry>> openHooks;
    private final List<Hook<? super Registry>> closeHooks;

    /** Guards {@link #connects}; held while databases are added and removed, open and close. Taken before that of the models. */
    private final ReentrantLock changing = new ReentrantLock();

    private final DefaultModels models;
    private volatile int connects;

    DefaultRegistry(
            Catalog catalog,
            Callbacks callbacks,
            List<Hook<? super Registry>> openHooks,
            List<Hook<? super Registry>> closeHooks) {
        this.models = new DefaultModels(this, catalog, callbacks);
        this.openHooks = openHooks;
        this.closeHooks = closeHooks;
        models.joinAll();
    }

    @Override
    public Database<?> database(String name) {
        return models.catalog().database(name);
    }

    @Override
    public <D extends Database<?>> D database(String name, Class<D> type) {
        return typed(name, models.catalog().database(name), type);
    }

    @Override
    public Optional<Database<?>> findDatabase(String name) {
        return models.catalog().findDatabase(name);
    }

    @Override
    public Database<?> databaseOf(Class<?> model) {
        return models.catalog().databaseOf(model);
    }

    @Override
    public <D extends Database<?>> D databaseOf(Class<?> model, Class<D> type) {
        Database<?> database = models.catalog().databaseOf(model);
        return typed(database.name(), database, type);
    }

    @Override
    public Optional<Database<?>> findDatabaseOf(Class<?> model) {
        return models.catalog().findDatabaseOf(model);
    }

    @Override
    public Map<String, Database<?>> databases() {
        return models.catalog().databases();
    }

    @Override
    public Models models() {
        return models;
    }

    @Override
    public Registration onModel(Class<?> type, Times times, ModelCallback callback) {
        Objects.requireNonNull(type, "type");
        return models.register(model -> model.type() == type, times, callback);
    }

    @Override
    public Registration onModel(String name, Times times, ModelCallback callback) {
        Objects.requireNonNull(name, "name");
        return models.register(model -> model.name().equals(name), times, callback);
    }

    @Override
    public Registration onAnyModel(Times times, ModelCallback callback) {
        return models.register(null, times, callback);
    }

    @Override
    public void initModels(ModelPart... parts) {
        models.parts(ModelHost::initModels, parts);
    }

    @Override
    public void invalidateModels(ModelPart... parts) {
        models.parts(ModelHost::invalidateModels, parts);
    }

    @Override
    public Registry copy() {
        return models.copy((databases, callbacks) -> new DefaultRegistry(databases, callbacks, openHooks, closeHooks));
    }

    @Override
    public boolean isConnected() {
        return connects > 0;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
    public void connect() {
        models.refuseInCallback("connect");
        changing.lock();
        try {
            List<Database<?>> databases =
                    List.copyOf(models.catalog().databases().values());
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
        models.refuseInCallback("disconnect");
        changing.lock();
        try {
            if (connects == 0) {
                return;
            }
            List<Throwable> failures = connects == 1 ? runCloseHooks() : new ArrayList<>();
            connects--;
            failures.addAll(
                    Crowd.disconnect(List.copyOf(models.catalog().databases().values())));
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
        models.refuseInCallback("add databases");
        changing.lock();
        try {
            models.addDatabase(name, database, () -> connectAsOftenAsTheOthers(database));
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
        models.refuseInCallback("remove databases");
        changing.lock();
        try {
            Database<?> database = models.removeDatabase(name);
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
