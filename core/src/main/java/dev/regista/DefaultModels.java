package dev.regista;

import dev.regista.Callbacks.Calls;
import dev.regista.Callbacks.Waiting;
import dev.regista.Catalog.Entry;
import dev.regista.model.Collision;
import dev.regista.model.Model;
import dev.regista.model.ModelCallback;
import dev.regista.model.ModelKind;
import dev.regista.model.ModelPart;
import dev.regista.model.Models;
import dev.regista.model.Registration;
import dev.regista.model.Times;
import dev.regista.spi.Failures;
import dev.regista.spi.ModelHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The models of a registry and the callbacks that wait for more. Whatever changes models is prepared first, on copies, then
 * done in the databases, and last put into the catalogue, which look-ups read without a lock.
 */
final class DefaultModels implements Models {
    private final Registry registry;

    /** Written under the lock, read without. */
    private volatile Catalog catalog;

    private final Callbacks callbacks;

    /**
     * Guards {@link #callbacks} and {@link #calling}; held while callbacks run and databases map their models anew. It is
     * taken after the registry's own lock, or without it.
     */
    private final ReentrantLock lock = new ReentrantLock();

    /** How deep in callbacks the thread is that holds the lock. */
    private int calling;

    DefaultModels(Registry registry, Catalog catalog, Callbacks callbacks) {
        this.registry = registry;
        this.catalog = catalog;
        this.callbacks = callbacks;
    }

    Catalog catalog() {
        return catalog;
    }

    // ---- look-up

    @Override
    public Model get(Class<?> type) {
        return find(type).orElseThrow(() -> catalog.unmapped(type));
    }

    @Override
    public Model get(String name) {
        Catalog now = catalog;
        return now.findModel(name)
                .orElseThrow(() -> new UnknownModelException(
                        name, now.models().stream().map(Model::name).toList()));
    }

    @Override
    public Optional<Model> find(Class<?> type) {
        return catalog.findModel(type);
    }

    @Override
    public Optional<Model> find(String name, ModelKind... among) {
        return catalog.findModel(name).filter(isOneOf(among));
    }

    @Override
    public List<Model> all(ModelKind... among) {
        return catalog.models().stream().filter(isOneOf(among)).toList();
    }

    @Override
    public Set<Class<?>> classes() {
        return catalog.classes();
    }

    private static Predicate<Model> isOneOf(ModelKind... among) {
        Set<ModelKind> kinds = among.length == 0 ? EnumSet.allOf(ModelKind.class) : Set.of(among);
        return model -> kinds.contains(model.kind());
    }

    // ---- adding and removing

    @Override
    public List<Model> add(String database, Collision collision, Class<?>... types) {
        Objects.requireNonNull(collision, "collision");
        lock.lock();
        try {
            refuseInCallback("add models");
            Database<?> owner = catalog.database(database);
            ModelChange change = new ModelChange(catalog);
            for (Class<?> type : new LinkedHashSet<>(Arrays.asList(types))) {
                change.add(Entry.prepared(firstNameOf(owner), owner, type), collision);
            }
            Calls calls = new Calls();
            call(change.arriving(), calls);
            carryOut(change);
            callbacks.settle(calls);
            return change.there();
        } finally {
            lock.unlock();
        }
    }

    /** A database that has two names has its models under the first. */
    private String firstNameOf(Database<?> owner) {
        return catalog.databases().entrySet().stream()
                .filter(entry -> entry.getValue() == owner)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean remove(Class<?> type) {
        lock.lock();
        try {
            refuseInCallback("remove models");
            if (catalog.entry(type).isEmpty()) {
                return false;
            }
            ModelChange change = new ModelChange(catalog);
            change.leave(type);
            carryOut(change);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean remove(String name) {
        lock.lock();
        try {
            return catalog.findModel(name).map(model -> remove(model.type())).orElse(false);
        } finally {
            lock.unlock();
        }
    }

    /** In the databases first: what one of them refuses is not published. */
    private void carryOut(ModelChange change) {
        change.carryOut(registry);
        catalog = change.appliedTo(catalog);
    }

    // ---- callbacks

    private void call(Collection<Entry> entries, Calls calls) {
        calling++;
        try {
            for (Entry entry : entries) {
                if (entry.model() != null) {
                    callbacks.call(entry.model(), calls);
                }
            }
        } finally {
            calling--;
        }
        calls.throwIfAnyFailed();
    }

    /** Calls it for what is there, and keeps it if it waits for more. */
    Registration register(@Nullable Predicate<Model> models, Times times, ModelCallback callback) {
        Waiting waiting = new Waiting(
                models, Objects.requireNonNull(times, "times"), Objects.requireNonNull(callback, "callback"));
        lock.lock();
        try {
            boolean any = callForThoseThere(waiting);
            if (!waiting.isOnce() || !any) {
                callbacks.add(waiting);
            }
        } finally {
            lock.unlock();
        }
        return () -> unregister(waiting);
    }

    /** Ordinary models first, then those that were read, then those of tenants. Returns whether there were any. */
    private boolean callForThoseThere(Waiting waiting) {
        ModelChange change = new ModelChange(catalog);
        Calls calls = new Calls();
        calling++;
        try {
            for (Model model : catalog.modelsByKind()) {
                if (waiting.matches(model)) {
                    Entry entry = catalog.entry(model.type()).orElseThrow();
                    Entry prepared = Entry.prepared(entry.database(), entry.owner(), entry.type());
                    calls.call(waiting, Objects.requireNonNull(prepared.model()));
                    change.change(prepared);
                }
            }
        } finally {
            calling--;
        }
        calls.throwIfAnyFailed();
        boolean any = !change.arriving().isEmpty();
        carryOut(change);
        return any;
    }

    private boolean unregister(Waiting waiting) {
        lock.lock();
        try {
            return callbacks.remove(waiting);
        } finally {
            lock.unlock();
        }
    }

    // ---- for the registry

    /** Refuses what must not be done in a callback, because others wait for it with locks in another order. */
    void refuseInCallback(String what) {
        if (lock.isHeldByCurrentThread() && calling > 0) {
            throw new IllegalStateException("A callback for models must not " + what);
        }
    }

    /** Adds a database with its models; callbacks can change them before it is connected. */
    void addDatabase(String name, Database<?> database, Runnable connect) {
        lock.lock();
        try {
            Catalog now = catalog;
            boolean isKnown = now.has(database);
            List<Entry> entries = isKnown ? List.of() : Entry.all(name, database);
            List<String> problems = new ArrayList<>(now.problemsOfName(name));
            problems.addAll(now.problemsOfModels(entries));
            if (!problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            ModelChange change = new ModelChange(now);
            entries.stream()
                    .filter(now::hasRoomFor)
                    .forEach(entry -> change.change(Entry.prepared(name, database, entry.type())));
            Calls calls = new Calls();
            call(change.arriving(), calls);
            if (!isKnown) {
                join(database, List.of());
            }
            try {
                connect(connect, change.carryOut(registry));
            } catch (Throwable t) {
                if (!isKnown) {
                    leave(database);
                }
                throw t;
            }
            catalog = catalog.with(name, database, change.arriving());
            callbacks.settle(calls);
        } finally {
            lock.unlock();
        }
    }

    private static void connect(Runnable connect, Runnable undo) {
        try {
            connect.run();
        } catch (Throwable t) {
            new Failures(t).attempt(undo::run);
            throw t;
        }
    }

    /** Takes a database out of the catalogue. */
    Database<?> removeDatabase(String name) {
        lock.lock();
        try {
            Database<?> database = catalog.database(name);
            catalog = catalog.without(name);
            if (!catalog.has(database)) {
                leave(database);
            }
            return database;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the registry known to the databases it begins with. */
    void joinAll() {
        Catalog now = catalog;
        now.databases().values().forEach(database -> join(database, now.classesOf(database)));
    }

    private void join(Database<?> database, Collection<Class<?>> classes) {
        if (database instanceof ModelHost host) {
            host.joined(registry, classes);
        }
    }

    private void leave(Database<?> database) {
        if (database instanceof ModelHost host) {
            host.left(registry);
        }
    }

    /** Returns the callbacks and, without the models that were read from databases, the catalogue, of one moment. */
    DefaultRegistry copy(CopyOf maker) {
        lock.lock();
        try {
            return maker.make(
                    catalog.onlyWith(
                            entry -> entry.model() == null || entry.model().kind() != ModelKind.REFLECTED),
                    callbacks.copy());
        } finally {
            lock.unlock();
        }
    }

    /** Makes a registry. */
    interface CopyOf {
        DefaultRegistry make(Catalog catalog, Callbacks callbacks);
    }

    /** Does something to all databases that have models, whatever fails. */
    void parts(HostAction action, ModelPart... wanted) {
        Set<ModelPart> parts = wanted.length == 0 ? EnumSet.allOf(ModelPart.class) : Set.of(wanted);
        Failures failures = new Failures();
        for (Database<?> database : new LinkedHashSet<>(catalog.databases().values())) {
            if (database instanceof ModelHost host) {
                failures.attempt(() -> action.run(host, parts));
            }
        }
        Throwable first = failures.first();
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw (RuntimeException) first;
        }
    }

    /** Something that can be done to parts of models. */
    interface HostAction {
        void run(ModelHost host, Set<ModelPart> parts);
    }
}
