package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Does it matter how many tenants there are?
 *
 * <p>{@code bin/bench tenant-count}
 *
 * <p>The same read in a database with ten tenants and in one with a thousand, on one server. Tenants are picked at
 * random, none more often than another, which is hard on every cache on the way.
 */
public class TenantCountBenchmark extends Contest {
    private static final int FEW = 10;
    private static final int MANY = 1_000;
    private static final int ROWS = 10;

    /** Made by JMH. */
    public TenantCountBenchmark() {
        super(10);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        Target other = closing(target.another("few"));
        SqlDatabase few = closing(Tenants.open(other, FEW, ROWS));
        SqlDatabase many = closing(Tenants.open(target, MANY, ROWS));
        enter("10 tenants", () -> read(few, FEW));
        enter("1000 tenants", () -> read(many, MANY));
    }

    private static Item read(SqlDatabase database, int tenants) {
        long row = ThreadLocalRandom.current().nextLong(ROWS) + 1;
        return database.tenant(Tenants.any(tenants)).read(session -> session.find(Item.class, row));
    }
}
