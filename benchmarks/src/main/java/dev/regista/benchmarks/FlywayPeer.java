package dev.regista.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Flyway as its documentation has it for many schemas that are alike: in a loop, a {@code Flyway} for each.
 *
 * @param target where the schemas are
 * @param location where the files are
 */
record FlywayPeer(Target target, String location) {
    /** Migrates them over one pool, which is opened first; returns how many scripts have run. */
    int migrate(List<String> schemas, int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (HikariDataSource pool = target.pool()) {
            List<Callable<Integer>> loop = new ArrayList<>();
            schemas.forEach(schema -> loop.add(() -> migrate(pool, schema)));
            int scripts = 0;
            for (Future<Integer> done : executor.invokeAll(loop)) {
                scripts += done.get();
            }
            return scripts;
        } finally {
            executor.shutdown();
        }
    }

    private int migrate(DataSource pool, String schema) {
        return Flyway.configure()
                .dataSource(pool)
                .schemas(schema)
                .locations(location)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
