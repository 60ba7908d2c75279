package dev.regista.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Mapping} that is built at first use, once, also under concurrency. A build that fails is tried again at the next
 * use. One that has been replaced stays open for the units that work with it, until all are closed.
 */
final class LazyMapping implements AutoCloseable {
    private final Supplier<Mapping> build;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Mapping> retired = new ArrayList<>();
    private volatile @Nullable Mapping current;
    private boolean closed;

    LazyMapping(Supplier<Mapping> build) {
        this.build = build;
    }

    Mapping get() {
        Mapping mapping = current;
        return mapping != null ? mapping : buildOnce();
    }

    private Mapping buildOnce() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The database was closed while its models were being mapped");
            }
            Mapping mapping = current;
            if (mapping == null) {
                mapping = build.get();
                current = mapping;
            }
            return mapping;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next use build a new one. */
    void renew() {
        lock.lock();
        try {
            if (current != null) {
                retired.add(current);
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            renew();
            closed = true;
            retired.forEach(Mapping::close);
        } finally {
            lock.unlock();
        }
    }
}
