package dev.regista.benchmarks;

import static dev.regista.benchmarks.ContentionBenchmark.crowd;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.PoolSettings;
import dev.regista.sql.SqlDatabase;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.SessionFactory;

/**
 * How many units of work are done in a second by 1 to 64 threads on 8 connections?
 *
 * <p>{@code bin/bench thread-curve}
 *
 * <p>The contestants are those of {@link ContentionBenchmark}. A turn is the same number of units, however many threads share
 * them.
 */
public class ThreadCurveBenchmark extends Contest {
    /** How many units a turn has. */
    static final int UNITS = 320;

    private static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16, 32, 64);
    private static final int MOST = 64;
    private static final int CONNECTIONS = 8;
    private static final int ROWS = 1_000;

    /** Made by JMH. */
    public ThreadCurveBenchmark() {
        super(1);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        SqlDatabase regista = closing(target.regista()
                .pool(PoolSettings.ofSize(CONNECTIONS))
                .models(Item.class)
                .createTables(true)
                .open("regista"));
        target.execute(Item.rows("public", ROWS), "vacuum analyze Item");
        SessionFactory hibernate = closing(HibernatePeer.plain(closing(target.pool(CONNECTIONS)), List.of(Item.class)));
        ExecutorService pool = Executors.newFixedThreadPool(MOST);
        closing(pool::shutdownNow);

        for (int threads : THREADS) {
            enter(
                    "regista @ " + threads,
                    () -> crowd(
                            pool, threads, UNITS, () -> regista.call(session -> session.find(Item.class, anyRow()))));
            enter(
                    "hibernate @ " + threads,
                    () -> crowd(
                            pool,
                            threads,
                            UNITS,
                            () -> hibernate.fromTransaction(session -> session.find(Item.class, anyRow()))));
        }
    }

    private static long anyRow() {
        return ThreadLocalRandom.current().nextLong(ROWS) + 1;
    }
}
