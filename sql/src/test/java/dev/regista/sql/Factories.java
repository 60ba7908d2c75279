package dev.regista.sql;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.SessionFactory;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/** Counts the session factories of a database, as Hibernate itself reports them. */
final class Factories {
    private static final String PROPERTY = "test.factories";

    /** One that is closed does not tell its properties any more. */
    private static final Map<SessionFactory, Factories> WATCHED = Collections.synchronizedMap(new WeakHashMap<>());

    private final AtomicInteger built = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<WeakReference<SessionFactory>> all = new CopyOnWriteArrayList<>();

    SqlDatabaseBuilder of(SqlDatabaseBuilder builder) {
        return builder.hibernateProperty(PROPERTY, this);
    }

    int built() {
        return built.get();
    }

    int open() {
        return built.get() - closed.get();
    }

    /** How many are still held by anyone. */
    long reachable() {
        return all.stream().filter(reference -> !reference.refersTo(null)).count();
    }

    /** Found by Hibernate with the service loader; reports to the one that a database was given, if it was. */
    public static final class Reporter implements Integrator {
        @Override
        public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
            if (factory.getProperties().get(PROPERTY) instanceof Factories factories) {
                factories.built.incrementAndGet();
                WATCHED.put(factory, factories);
                factories.all.add(new WeakReference<>(factory));
            }
        }

        @Override
        public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry services) {
            Factories factories = WATCHED.remove(factory);
            if (factories != null) {
                factories.closed.incrementAndGet();
            }
        }
    }
}
