package dev.regista.sql;

import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many units of work from several threads, some of which fail at random points. Afterwards the number of rows is exactly
 * the number of units whose success was reported, no connection is out, and the heap is no larger than at the beginning.
 */
final class Soak {
    private static final int POINTS_OF_FAILURE = 5;

    private final long units;
    private final int threads;
    private final double failing;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<Throwable> unexpected = new java.util.concurrent.CopyOnWriteArrayList<>();

    Soak(long units, int threads, double failing) {
        this.units = units;
        this.threads = threads;
        this.failing = failing;
    }

    /** What came out. */
    record Result(
            long units,
            long acknowledged,
            long failed,
            long rows,
            int active,
            int holders,
            int serverConnectionsLeft,
            long heapBefore,
            long heapAfter,
            Duration time,
            List<Throwable> unexpected) {
        boolean holds() {
            return acknowledged + failed == units
                    && rows == acknowledged
                    && active == 0
                    && holders == 0
                    && serverConnectionsLeft == 0
                    && unexpected.isEmpty()
                    && heapAfter < heapBefore + 16L * 1024 * 1024;
        }
    }

    /** Called with the number of units, by default a million. */
    public static void main(String[] args) {
        long units = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        Result result = new Soak(units, 8, 0.01).run();
        System.out.printf(
                "units %d, acknowledged %d, failed on purpose %d, rows %d, connections out %d, holders %d, left at the"
                        + " server %d%nheap before %d KiB, after %d KiB, time %s (%d units/s)%n",
                result.units,
                result.acknowledged,
                result.failed,
                result.rows,
                result.active,
                result.holders,
                result.serverConnectionsLeft,
                result.heapBefore / 1024,
                result.heapAfter / 1024,
                result.time,
                result.units * 1000 / Math.max(1, result.time.toMillis()));
        result.unexpected.forEach(Throwable::printStackTrace);
        System.out.println(result.holds() ? "SOAK PASSED" : "SOAK FAILED");
        System.exit(result.holds() ? 0 : 1);
    }

    Result run() {
        int connectionsBefore = TestServers.postgres().openConnections();
        try (TestDatabase server = TestServers.postgres().newDatabase()) {
            SqlDatabase database = Store.server(server)
                    .at()
                    .models(Row.class)
                    .createTables(true)
                    .pool(PoolSettings.ofSize(6))
                    .build("soak");
            database.connect();
            work(database, Math.min(2_000, units / 10));
            long heapBefore = usedHeap();
            long start = System.nanoTime();
            work(database, units);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            long heapAfter = usedHeap();
            long rows = database.<Long, RuntimeException>read(
                    session -> session.createSelectionQuery("select count(*) from SoakRow", Long.class)
                            .getSingleResult());
            int active = database.pool().active();
            int holders = database.holders().size();
            database.disconnect();
            return new Result(
                    begun.get(),
                    acknowledged.get(),
                    failed.get(),
                    rows,
                    active,
                    holders,
                    leftAtServer(connectionsBefore),
                    heapBefore,
                    heapAfter,
                    time,
                    List.copyOf(unexpected));
        }
    }

    /** The server notices a closed connection a moment later. */
    private static int leftAtServer(int before) {
        org.awaitility.Awaitility.await().until(() -> TestServers.postgres().openConnections() <= before);
        return TestServers.postgres().openConnections() - before;
    }

    private void work(SqlDatabase database, long until) {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(() -> loop(database, until), "soak-" + i);
            workers.add(worker);
            worker.start();
        }
        workers.forEach(worker -> {
            try {
                worker.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void loop(SqlDatabase database, long until) {
        while (true) {
            long unit = begun.getAndUpdate(count -> count < until ? count + 1 : count);
            if (unit >= until) {
                return;
            }
            int failAt = ThreadLocalRandom.current().nextDouble() < failing
                    ? ThreadLocalRandom.current().nextInt(POINTS_OF_FAILURE)
                    : -1;
            try {
                one(database, unit, failAt);
                acknowledged.incrementAndGet();
            } catch (OnPurpose e) {
                failed.incrementAndGet();
            } catch (RuntimeException e) {
                if (failAt == 4) {
                    failed.incrementAndGet();
                } else {
                    unexpected.add(e);
                }
            }
        }
    }

    private static void one(SqlDatabase database, long unit, int failAt) {
        database.run(session -> {
            failIf(failAt == 0);
            session.persist(new Row(unit));
            failIf(failAt == 1);
            session.flush();
            failIf(failAt == 2);
            if (failAt == 3) {
                database.run(joined -> failIf(true));
            }
            if (failAt == 4) {
                // Fails in the flush before the commit: the same key again.
                session.clear();
                session.persist(new Row(unit));
            }
        });
    }

    private static void failIf(boolean now) {
        if (now) {
            throw new OnPurpose();
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OnPurpose() {
            super("on purpose", null, false, false);
        }
    }

    @jakarta.persistence.Entity(name = "SoakRow")
    static class Row {
        @jakarta.persistence.Id
        long id;

        Row() {}

        Row(long id) {
            this.id = id;
        }
    }
}
