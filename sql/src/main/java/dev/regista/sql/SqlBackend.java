package dev.regista.sql;

import dev.regista.spi.Backend;
import dev.regista.spi.Failures;
import dev.regista.spi.UnitSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** The live side of a SQL database: its pool, and its models' mapping once somebody needs it. */
final class SqlBackend implements Backend<Session> {
    private final String name;
    private final Product product;
    private final Pool pool;
    private final LazyMapping mapping;
    private final Tables tables;

    /** Keeps a database alive that lives as long as any connection; outside the pool, so that no one waits for it. */
    private final @Nullable Connection keeper;

    private SqlBackend(
            String name, Set<Class<?>> models, SqlSettings settings, PhysicalConnections physical, Product product)
            throws SQLException {
        this.name = name;
        this.product = product;
        this.keeper =
                InMemory.of(settings.target().url()) == InMemory.WHILE_CONNECTED ? physical.getConnection() : null;
        this.pool = new Pool(name, settings, physical);
        this.mapping = new LazyMapping(() -> Mapping.build(models, settings, product, pool));
        this.tables = new Tables(name, mapping, settings, product, pool);
    }

    /** Makes sure that the server answers, before there is a pool to hide it. */
    static SqlBackend open(String name, Set<Class<?>> models, SqlSettings settings, PhysicalConnections physical)
            throws Exception {
        Product product;
        try (Connection first = physical.getConnection()) {
            product = Product.of(first);
        }
        SqlBackend backend = new SqlBackend(name, models, settings, physical, product);
        try {
            if (settings.createTables()) {
                backend.tables().createAll();
            }
            return backend;
        } catch (Throwable t) {
            new Failures(t).attempt(backend::close);
            throw t;
        }
    }

    @Override
    public SqlUnit begin(UnitSettings settings) {
        return new SqlUnit(this, settings);
    }

    @Override
    public boolean isRetryable(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && product.isRetryable(refused)) {
                return true;
            }
        }
        return false;
    }

    String name() {
        return name;
    }

    Product product() {
        return product;
    }

    Pool pool() {
        return pool;
    }

    SessionFactory sessionFactory() {
        return mapping.get().sessionFactory();
    }

    /** After a unit with nested ones, whose sessions told the second-level cache of the outcome before it was one. */
    void forgetCached() {
        SessionFactoryImplementor factory = (SessionFactoryImplementor) sessionFactory();
        if (factory.getSessionFactoryOptions().isSecondLevelCacheEnabled()) {
            factory.getCache().evictAllRegions();
        }
    }

    Tables tables() {
        return tables;
    }

    @Override
    public void close() throws Exception {
        Failures failures = new Failures();
        failures.attempt(mapping::close);
        failures.attempt(pool::close);
        if (keeper != null) {
            failures.attempt(keeper::close);
        }
        failures.throwIfAny();
    }
}
