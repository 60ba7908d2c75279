package dev.regista.spi;

import dev.regista.Database;
import dev.regista.model.Model;
import dev.regista.model.ModelKind;
import dev.regista.model.ModelPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A kind of database that counts what is asked of it, and fails or waits where it is told to. */
public final class Probe extends AbstractDatabase<Probe.Session, Probe> {
    public final AtomicInteger opened = new AtomicInteger();
    public final AtomicInteger closed = new AtomicInteger();
    public final AtomicInteger begunOnClosed = new AtomicInteger();
    public final List<String> log = Collections.synchronizedList(new ArrayList<>());
    public volatile Throwable failOpen;
    public volatile Throwable failClose;
    public volatile Throwable failCommit;
    public volatile Throwable failRollback;
    public volatile Throwable failRelease;
    public volatile boolean retryable;
    public volatile boolean savepoints;
    public volatile boolean written;
    public volatile CountDownLatch openGate;
    public volatile boolean ignoreInterrupts;

    public final Map<Class<?>, ModelKind> kinds = new ConcurrentHashMap<>();
    public volatile RuntimeException refuseModels;

    public Probe(DatabaseSettings<Probe> settings) {
        super(settings, Session.class);
    }

    public static Builder probe() {
        return new Builder();
    }

    /** What a unit of the probe works with. */
    public static final class Session {
        public final UnitSettings settings;

        Session(UnitSettings settings) {
            this.settings = settings;
        }
    }

    public static final class Builder extends AbstractDatabaseBuilder<Probe, Builder> {
        @Override
        public Probe build(String name) {
            return new Probe(settings(name));
        }

        @Override
        protected Builder self() {
            return this;
        }
    }

    @Override
    public Optional<Model> findModel(String database, Class<?> type) {
        return super.findModel(database, type)
                .map(model ->
                        new PlainModel(model.name(), type, database, kinds.getOrDefault(type, ModelKind.ORDINARY)));
    }

    @Override
    protected Runnable modelsChanging(Set<Class<?>> next, Collection<? extends Model> prepared) {
        if (refuseModels != null) {
            throw refuseModels;
        }
        return super.modelsChanging(next, prepared);
    }

    @Override
    public void initModels(Set<ModelPart> parts) {
        log.add("init " + new TreeSet<>(parts));
    }

    @Override
    public void invalidateModels(Set<ModelPart> parts) {
        log.add("invalidate " + new TreeSet<>(parts));
    }

    @Override
    protected Backend<Session> open() throws Exception {
        CountDownLatch gate = openGate;
        if (gate != null) {
            pass(gate);
        }
        raise(failOpen);
        opened.incrementAndGet();
        return new ProbeBackend();
    }

    private void pass(CountDownLatch gate) throws InterruptedException {
        while (true) {
            try {
                gate.await();
                return;
            } catch (InterruptedException e) {
                if (!ignoreInterrupts) {
                    throw e;
                }
            }
        }
    }

    @Override
    protected Probe self() {
        return this;
    }

    public static boolean isClosed(Database<?> database) {
        return database.status() == Status.CLOSED;
    }

    private final class ProbeBackend implements Backend<Session> {
        private volatile boolean live = true;

        @Override
        public Unit<Session> begin(UnitSettings settings) {
            if (!live) {
                begunOnClosed.incrementAndGet();
            }
            log.add("begin");
            return new ProbeUnit(new Session(settings), "");
        }

        @Override
        public boolean isRetryable(Throwable failure) {
            return retryable;
        }

        @Override
        public void close() throws Exception {
            live = false;
            closed.incrementAndGet();
            raise(failClose);
        }
    }

    private final class ProbeUnit implements Unit<Session> {
        private final Session session;
        private final String prefix;

        ProbeUnit(Session session, String prefix) {
            this.session = session;
            this.prefix = prefix;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public void commit() throws Exception {
            log.add(prefix + "commit");
            raise(failCommit);
        }

        @Override
        public void rollback() throws Exception {
            log.add(prefix + "rollback");
            raise(failRollback);
        }

        @Override
        public void release() throws Exception {
            log.add(prefix + "release");
            raise(failRelease);
        }

        @Override
        public boolean hasWritten() {
            return written;
        }

        @Override
        public Unit<Session> nested() throws Exception {
            if (!savepoints) {
                return Unit.super.nested();
            }
            log.add("savepoint");
            return new ProbeUnit(new Session(session.settings), "nested ");
        }
    }

    private static void raise(Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }
}
