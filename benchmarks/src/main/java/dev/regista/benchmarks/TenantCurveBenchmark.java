package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.SqlUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How does the time of a unit of work grow with the number of tenants, and that of opening the database?
 *
 * <p>{@code bin/bench tenant-curve}
 *
 * <p>Databases with 1, 10, 100, 1,000 and 10,000 tenants on one server, a schema with a table for each. One entity of a tenant
 * that is picked at random is found by its id. Databases are opened in turn, five times each, by a JVM that has opened all of
 * them before.
 */
public class TenantCurveBenchmark extends Contest {
    private static final List<Integer> COUNTS = List.of(1, 10, 100, 1_000, 10_000);
    private static final int ROWS = 10;
    private static final int OPENINGS = 5;

    private record Size(int tenants, Target target, List<Double> openings) {}

    /** Made by JMH. */
    public TenantCurveBenchmark() {
        super(10);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        List<Size> sizes = new ArrayList<>();
        for (int tenants : COUNTS) {
            Target own = closing(target.another("tenants" + tenants));
            Tenants.fill(own, tenants, ROWS);
            sizes.add(new Size(tenants, own, new ArrayList<>()));
        }
        for (int opening = 0; opening < OPENINGS; opening++) {
            for (int i = 0; i < sizes.size(); i++) {
                Size size = sizes.get((opening + i) % sizes.size());
                long start = System.nanoTime();
                SqlDatabase opened = Tenants.open(size.target);
                size.openings.add((double) (System.nanoTime() - start));
                opened.disconnect();
            }
        }
        for (Size size : sizes) {
            int tenants = size.tenants;
            Recording.add("opening @ " + tenants, size.openings);
            SqlDatabase database = closing(Tenants.open(size.target));
            enter("read @ " + tenants, () -> any(database, tenants).read(session -> session.find(Item.class, row())));
            enter("call @ " + tenants, () -> any(database, tenants).call(session -> session.find(Item.class, row())));
        }
    }

    private static SqlUnits any(SqlDatabase database, int tenants) {
        return database.tenant(Tenants.any(tenants));
    }

    private static long row() {
        return ThreadLocalRandom.current().nextLong(ROWS) + 1;
    }
}
