package dev.regista;

import dev.regista.model.ModelCallback;
import dev.regista.model.ModelPart;
import dev.regista.model.Models;
import dev.regista.model.Registration;
import dev.regista.model.Times;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Base of an application's own registry type: passes every call on to another registry, so that a subclass adds or changes
 * just what it wants and works wherever a {@link Registry} is expected.
 *
 * <pre>{@code
 * final class ShopRegistry extends DelegatingRegistry {
 *     ShopRegistry(Registry registry) {
 *         super(registry);
 *     }
 *
 *     SqlDatabase shop() {
 *         return main(SqlDatabase.class);
 *     }
 * }
 * }</pre>
 */
public abstract class DelegatingRegistry implements Registry, Cloneable {
    private Registry delegate; // set again only before a copy is handed out

    /**
     * For subclasses.
     *
     * @param delegate where every call goes that the subclass does not handle itself
     */
    protected DelegatingRegistry(Registry delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    @Override
    public Database<?> database(String name) {
        return delegate.database(name);
    }

    @Override
    public <D extends Database<?>> D database(String name, Class<D> type) {
        return delegate.database(name, type);
    }

    @Override
    public Optional<Database<?>> findDatabase(String name) {
        return delegate.findDatabase(name);
    }

    @Override
    public Database<?> databaseOf(Class<?> model) {
        return delegate.databaseOf(model);
    }

    @Override
    public <D extends Database<?>> D databaseOf(Class<?> model, Class<D> type) {
        return delegate.databaseOf(model, type);
    }

    @Override
    public Optional<Database<?>> findDatabaseOf(Class<?> model) {
        return delegate.findDatabaseOf(model);
    }

    @Override
    public Map<String, Database<?>> databases() {
        return delegate.databases();
    }

    @Override
    public Models models() {
        return delegate.models();
    }

    @Override
    public Registration onModel(Class<?> type, Times times, ModelCallback callback) {
        return delegate.onModel(type, times, callback);
    }

    @Override
    public Registration onModel(String name, Times times, ModelCallback callback) {
        return delegate.onModel(name, times, callback);
    }

    @Override
    public Registration onAnyModel(Times times, ModelCallback callback) {
        return delegate.onAnyModel(times, callback);
    }

    @Override
    public void initModels(ModelPart... parts) {
        delegate.initModels(parts);
    }

    @Override
    public void invalidateModels(ModelPart... parts) {
        delegate.invalidateModels(parts);
    }

    /**
     * Returns a copy of this registry's own type, around a copy of the registry behind it. The fields of a subclass have
     * the same values in it; a subclass with a field that must differ overrides this and sets it.
     */
    @Override
    public Registry copy() {
        try {
            DelegatingRegistry copy = (DelegatingRegistry) clone();
            copy.delegate = delegate.copy();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isConnected() {
        return delegate.isConnected();
    }

    @Override
    public void connect() {
        delegate.connect();
    }

    @Override
    public CompletableFuture<Void> connectAsync() {
        return delegate.connectAsync();
    }

    @Override
    public void disconnect() {
        delegate.disconnect();
    }

    @Override
    public CompletableFuture<Void> disconnectAsync() {
        return delegate.disconnectAsync();
    }

    @Override
    public <D extends Database<?>> D add(String name, D database) {
        return delegate.add(name, database);
    }

    @Override
    public Database<?> remove(String name) {
        return delegate.remove(name);
    }

    @Override
    public Database<?> remove(String name, Duration drain) {
        return delegate.remove(name, drain);
    }
}
