package dev.regista.benchmarks;

import com.baomidou.dynamic.datasource.DynamicRoutingDataSource;
import com.baomidou.dynamic.datasource.toolkit.DynamicDataSourceContextHolder;
import com.zaxxer.hikari.HikariDataSource;
import dev.regista.Registry;
import dev.regista.sql.SqlDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * What does it cost, before anything is sent, to find the database and the tenant that a unit of work is for?
 *
 * <p>{@code bin/bench routing}
 *
 * <p>Regista: the database of a registry by its name and its type, and the view of one of its hundred tenants. Beside it, for
 * the size of it: Spring's {@code AbstractRoutingDataSource} and dynamic-datasource, which are told the name in a thread
 * local, and know nothing of tenants.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark {
    private static final List<String> NAMES = List.of("first", "second", "third", "fourth");
    private static final int TENANTS = 100;

    private @Nullable Registry registry;
    private @Nullable HikariDataSource pool;
    private final Routed spring = new Routed();
    private final DynamicRoutingDataSource dynamic = new DynamicRoutingDataSource(List.of());
    private int last;

    private static final class Routed extends AbstractRoutingDataSource {
        private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

        @Override
        protected @Nullable Object determineCurrentLookupKey() {
            return CURRENT.get();
        }

        DataSource target(String name) {
            CURRENT.set(name);
            try {
                return determineTargetDataSource();
            } finally {
                CURRENT.remove();
            }
        }
    }

    /** Opens a registry with a main database and four extras, and the same names for the others. */
    @Setup
    public void open() throws Exception {
        Target target = Target.current();
        Registry opened = Registry.builder()
                .main(Tenants.open(target, TENANTS, 1))
                .extra("first", target.regista())
                .extra("second", target.regista())
                .extra("third", target.regista())
                .extra("fourth", target.regista())
                .open();
        opened.database("main").disconnect();
        registry = opened;
        HikariDataSource shared = target.pool();
        pool = shared;
        spring.setTargetDataSources(Map.of("first", shared, "second", shared, "third", shared, "fourth", shared));
        spring.afterPropertiesSet();
        NAMES.forEach(name -> dynamic.addDataSource(name, shared));
    }

    /** A database and a tenant of it. */
    @Benchmark
    public Object regista() {
        last++;
        return registry().database("main", SqlDatabase.class).tenant(Tenants.name(last % TENANTS));
    }

    /** A database. */
    @Benchmark
    public Object registaDatabase() {
        last++;
        return registry().database(NAMES.get(last & 3), SqlDatabase.class);
    }

    /** A data source, by Spring. */
    @Benchmark
    public Object spring() {
        last++;
        return spring.target(NAMES.get(last & 3));
    }

    /** A data source, by dynamic-datasource. */
    @Benchmark
    public Object dynamicDatasource() {
        last++;
        DynamicDataSourceContextHolder.push(NAMES.get(last & 3));
        try {
            return dynamic.determineDataSource();
        } finally {
            DynamicDataSourceContextHolder.poll();
        }
    }

    private Registry registry() {
        Registry opened = registry;
        if (opened == null) {
            throw new IllegalStateException("not set up");
        }
        return opened;
    }

    /** Closes everything. */
    @TearDown
    public void close() throws Exception {
        registry().close();
        if (pool != null) {
            pool.close();
        }
    }
}
