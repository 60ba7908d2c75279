package dev.regista.sql;

import dev.regista.spi.Failures;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Mapping} that is built at first use, once, also under concurrency, and again when the models are others. A build
 * that fails is tried again at the next use. One that has been replaced is closed when the last one that works with it has
 * ended.
 */
@SuppressWarnings("ReferenceEquality") // the very models that it was built of
final class LazyMapping implements AutoCloseable {
    private final Supplier<MappedModels> models;
    private final Function<MappedModels, Mapping> build;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Use current;

    /** All that are not closed; who takes one out closes it. */
    private final Set<Use> open = ConcurrentHashMap.newKeySet();

    private @Nullable Use prepared;
    private boolean closed;

    LazyMapping(Supplier<MappedModels> models, Function<MappedModels, Mapping> build) {
        this.models = models;
        this.build = build;
    }

    /** One that has been built, shared by all who use it: each closes it once. It is itself one of them while it is current. */
    final class Use implements AutoCloseable {
        private final MappedModels of;
        private final Mapping mapping;
        private final AtomicInteger users = new AtomicInteger(1);

        private Use(MappedModels of, Mapping mapping) {
            this.of = of;
            this.mapping = mapping;
        }

        Mapping mapping() {
            return mapping;
        }

        private boolean enter() {
            return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
        }

        @Override
        public void close() {
            if (users.decrementAndGet() == 0) {
                end();
            }
        }

        private void end() {
            if (open.remove(this)) {
                mapping.close();
            }
        }
    }

    /** Returns the current one, for the caller to close when it needs it no longer. */
    Use use() {
        while (true) {
            Use use = current;
            if (use == null || !use.of.equals(models.get())) {
                use = buildOnce();
            }
            if (use.enter()) {
                return use;
            }
        }
    }

    /** Does something with the current one. */
    <T extends @Nullable Object> T with(Function<Mapping, T> work) {
        try (Use use = use()) {
            return work.apply(use.mapping());
        }
    }

    private Use buildOnce() {
        lock.lock();
        try {
            refuseIfClosed();
            MappedModels wanted = models.get();
            Use use = current;
            if (use == null || !use.of.equals(wanted)) {
                Use ready = prepared;
                use = ready != null && ready.of.equals(wanted) ? ready : build(wanted);
                prepared = null;
                renew();
                current = use;
            }
            return use;
        } finally {
            lock.unlock();
        }
    }

    private Use build(MappedModels wanted) {
        Use built = new Use(wanted, build.apply(wanted));
        open.add(built);
        return built;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("The database was closed while its models were being mapped");
        }
    }

    /** Builds for models that are to come, if there is one for those that are there: what cannot be mapped fails here. */
    void prepare(MappedModels next) {
        lock.lock();
        try {
            forgetPrepared();
            if (current != null && !closed) {
                prepared = build(next);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes what was prepared current, if it is for the models that are there now; else it goes. */
    void settle() {
        lock.lock();
        try {
            if (prepared != null && prepared.of.equals(models.get())) {
                buildOnce();
            }
            forgetPrepared();
        } finally {
            lock.unlock();
        }
    }

    private void forgetPrepared() {
        Use unwanted = prepared;
        if (unwanted != null) {
            prepared = null;
            unwanted.close();
        }
    }

    /** Makes the next use build a new one. */
    void renew() {
        lock.lock();
        try {
            Use retired = current;
            if (retired != null) {
                current = null;
                retired.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many are not closed. */
    int open() {
        return open.size();
    }

    /** Closes all, also those in use. */
    @Override
    public void close() {
        Failures failures = new Failures();
        lock.lock();
        try {
            closed = true;
            current = null;
            open.forEach(use -> failures.attempt(use::end));
        } finally {
            lock.unlock();
        }
        if (failures.first() instanceof RuntimeException failure) {
            throw failure;
        }
    }
}
