package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How much heap does a tenant take?
 *
 * <p>{@code bin/bench tenant-memory}
 *
 * <p>A thousand tenants, made by another process as it were, become known by {@code refresh()}, and each is looked up once.
 * What the heap has grown by after a garbage collection is shared by a thousand. Beside it: the same once each has written and
 * read a row, with what Hibernate and the driver keep per tenant.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class TenantMemoryBenchmark {
    private static final int TENANTS = 1_000;
    private static final String WARM_UP = "warm-up";

    private @Nullable SqlDatabase database;
    private @Nullable SqlDatabase other;

    /** Opens the database twice, and makes the tenants by the one that is not looked at. */
    @Setup
    public void open() throws Exception {
        Target target = Target.current();
        SqlDatabase measured =
                target.regista().tenantModels(Item.class).createTables(true).open("measured");
        measured.tenants().create(WARM_UP);
        database = measured;
        for (int i = 0; i < 100; i++) {
            use(measured, WARM_UP);
        }
        other = Tenants.open(target, TENANTS, 0);
    }

    /** Compares the heap. */
    @Benchmark
    public long tenants() {
        SqlDatabase measured = database;
        if (measured == null) {
            throw new IllegalStateException("not set up");
        }
        long before = heap();
        measured.tenants().refresh();
        for (int i = 0; i < TENANTS; i++) {
            measured.tenant(Tenants.name(i));
        }
        long known = heap();
        for (int i = 0; i < TENANTS; i++) {
            use(measured, Tenants.name(i));
        }
        long used = heap();
        Recording.add("known", List.of((double) (known - before) / TENANTS));
        Recording.add("used", List.of((double) (used - before) / TENANTS));
        return used;
    }

    private static void use(SqlDatabase database, String tenant) {
        database.tenant(tenant).run(session -> session.persist(Item.numbered(1)));
        database.tenant(tenant).read(session -> session.find(Item.class, 1L));
    }

    private static long heap() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Closes both. */
    @TearDown
    public void close() {
        if (database != null) {
            database.disconnect();
        }
        if (other != null) {
            other.disconnect();
        }
    }
}
