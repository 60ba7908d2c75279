package dev.regista.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.regista.benchmarks.model.Item;
import dev.regista.sql.PoolSettings;
import dev.regista.sql.SqlDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.SessionFactory;

/**
 * What is left of the throughput when many more threads work than there are connections?
 *
 * <p>{@code bin/bench contention}
 *
 * <p>64 threads on a pool of 8; each unit of work finds one entity in a transaction. Hibernate: {@code fromTransaction} over
 * HikariCP with a pool of 8. The time of a turn is that from the first thread's start to the last one's end.
 */
public class ContentionBenchmark extends Contest {
    private static final int THREADS = 64;
    private static final int CONNECTIONS = 8;
    private static final int UNITS = THREADS * 10;
    private static final int ROWS = 1_000;

    /** Made by JMH. */
    public ContentionBenchmark() {
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
        HikariDataSource pool = closing(target.pool(CONNECTIONS));
        SessionFactory hibernate = closing(HibernatePeer.plain(pool, List.of(Item.class)));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        closing(threads::shutdownNow);

        enter(
                "regista",
                () -> crowd(
                        threads, THREADS, UNITS, () -> regista.call(session -> session.find(Item.class, anyRow()))));
        enter(
                "hibernate",
                () -> crowd(
                        threads,
                        THREADS,
                        UNITS,
                        () -> hibernate.fromTransaction(session -> session.find(Item.class, anyRow()))));
    }

    private static long anyRow() {
        return ThreadLocalRandom.current().nextLong(ROWS) + 1;
    }

    /** Shares units of work among so many threads, and waits for the last. */
    static int crowd(ExecutorService threads, int count, int units, Callable<?> unit) throws Exception {
        List<Future<Integer>> shares = new ArrayList<>();
        for (int thread = 0; thread < count; thread++) {
            shares.add(threads.submit(() -> {
                int found = 0;
                for (int done = 0; done < units / count; done++) {
                    found += unit.call() == null ? 0 : 1;
                }
                return found;
            }));
        }
        int found = 0;
        for (Future<Integer> share : shares) {
            found += share.get();
        }
        if (found != units) {
            throw new IllegalStateException("found " + found + " of " + units);
        }
        return found;
    }
}
