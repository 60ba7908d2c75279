package dev.regista.sql;

import dev.regista.routing.Tenant;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Random operations of random tenants from several threads over a small pool, some of which fail. Every row says whose it
 * is, so that one row in the wrong schema is seen, and each tenant has exactly the rows that were acknowledged to it.
 */
final class TenantSoak {
    private final long operations;
    private final int tenants;
    private final Threads threads;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong wrongRows = new AtomicLong();
    private final AtomicLongArray acknowledged;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();

    TenantSoak(long operations, int tenants, Threads threads) {
        this.operations = operations;
        this.tenants = tenants;
        this.threads = threads;
        this.acknowledged = new AtomicLongArray(tenants);
    }

    /** What the operations run on. */
    enum Threads {
        /** 16, each of which does one operation after the other. */
        PLATFORM,
        /** A new one for each operation, of which 200 are alive at a time. */
        VIRTUAL;

        /** Returns those that there are in this JVM. */
        static List<Threads> available() {
            return Runtime.version().feature() >= 21 ? List.of(PLATFORM, VIRTUAL) : List.of(PLATFORM);
        }

        private ExecutorService executor() {
            if (this == PLATFORM) {
                return Executors.newFixedThreadPool(16);
            }
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private int atATime() {
            return this == PLATFORM ? 16 : 200;
        }
    }

    /** What came out. */
    record Result(
            Set<String> threads,
            long operations,
            long failed,
            long wrongRows,
            long wrongCounts,
            int connections,
            Duration time,
            List<Throwable> unexpected) {
        boolean holds() {
            return wrongRows == 0 && wrongCounts == 0 && unexpected.isEmpty();
        }
    }

    /** Called with the number of operations, by default a million, and the threads, by default all kinds one after another. */
    public static void main(String[] args) {
        long operations = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        List<Threads> kinds =
                args.length > 1 ? List.of(Threads.valueOf(args[1].toUpperCase(Locale.ROOT))) : Threads.available();
        boolean holds = true;
        for (Threads kind : kinds) {
            Result result = new TenantSoak(operations, 200, kind).run();
            System.out.printf(
                    "JDK %s, threads %s, operations %d, failed on purpose %d, rows of another tenant %d,"
                            + " tenants with a wrong count %d, connections %d, time %s%n",
                    Runtime.version().feature(),
                    result.threads,
                    result.operations,
                    result.failed,
                    result.wrongRows,
                    result.wrongCounts,
                    result.connections,
                    result.time);
            result.unexpected.stream().limit(10).forEach(Throwable::printStackTrace);
            holds &= result.holds();
        }
        System.out.println(holds ? "TENANT SOAK PASSED" : "TENANT SOAK FAILED");
        System.exit(holds ? 0 : 1);
    }

    Result run() {
        try (TestDatabase server = TestServers.postgres().newDatabase();
                SqlDatabase database = Store.server(server)
                        .at()
                        .models(Country.class, Invoice.class, Label.class)
                        .pool(PoolSettings.ofSize(4))
                        .createTables(true)
                        .build("tenants")) {
            database.connect();
            for (int tenant = 0; tenant < tenants; tenant++) {
                database.tenants().create(name(tenant));
            }
            long start = System.nanoTime();
            work(database);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            int connections = database.pool().active() + database.pool().idle();
            long wrongCounts = wrongCounts(database);
            return new Result(
                    Set.copyOf(seen),
                    begun.get(),
                    failed.get(),
                    wrongRows.get(),
                    wrongCounts,
                    connections,
                    time,
                    List.copyOf(unexpected));
        }
    }

    private static String name(int tenant) {
        return "tenant " + tenant;
    }

    private void work(SqlDatabase database) {
        ExecutorService executor = threads.executor();
        Semaphore free = new Semaphore(threads.atATime());
        try {
            for (long i = 0; i < operations; i++) {
                free.acquire();
                executor.execute(() -> {
                    try {
                        seen.add(kind(Thread.currentThread()));
                        begun.incrementAndGet();
                        operate(database);
                    } finally {
                        free.release();
                    }
                });
            }
            free.acquire(threads.atATime());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            executor.shutdown();
        }
    }

    /** A virtual thread is of a class of its own, which the language level has no name for. */
    private static String kind(Thread thread) {
        return thread.getClass() == Thread.class ? "platform" : "virtual";
    }

    private void operate(SqlDatabase database) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int tenant = random.nextInt(tenants);
        String name = name(tenant);
        try {
            switch (random.nextInt(5)) {
                case 0 -> {
                    database.tenant(name).run(session -> session.persist(new Label(name)));
                    acknowledged.incrementAndGet(tenant);
                }
                case 1 -> {
                    Tenant.of(name).run(() -> database.stateless().run(session -> session.insert(new Label(name))));
                    acknowledged.incrementAndGet(tenant);
                }
                case 2 -> fail(database, name);
                default -> look(database, name);
            }
        } catch (Throwable t) {
            unexpected.add(t);
        }
    }

    private void fail(SqlDatabase database, String name) {
        try {
            database.tenant(name).run(session -> {
                session.persist(new Label(name));
                session.flush();
                throw new ArithmeticException("on purpose");
            });
        } catch (ArithmeticException e) {
            failed.incrementAndGet();
        }
    }

    private void look(SqlDatabase database, String name) {
        String text = database.tenant(name)
                .<String, RuntimeException>read(
                        session -> session.createSelectionQuery("select text from Label order by id desc", String.class)
                                .setMaxResults(1)
                                .getSingleResultOrNull());
        if (text != null && !text.equals(name)) {
            wrongRows.incrementAndGet();
        }
    }

    private long wrongCounts(SqlDatabase database) {
        long wrong = 0;
        for (int tenant = 0; tenant < tenants; tenant++) {
            String name = name(tenant);
            List<String> texts = database.tenant(name)
                    .<List<String>, RuntimeException>read(
                            session -> session.createSelectionQuery("select text from Label", String.class)
                                    .getResultList());
            wrongRows.addAndGet(
                    texts.stream().filter(text -> !text.equals(name)).count());
            wrong += texts.size() == acknowledged.get(tenant) ? 0 : 1;
        }
        return wrong;
    }
}
