package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;

/**
 * Does it matter how many tenants there are?
 *
 * <p>{@code bin/bench tenant-count}
 *
 * <p>The same read in a database with ten tenants and in one with a thousand, on one server. Tenants are taken in turn, over
 * all there are: the worst case for every cache on the way.
 */
public class TenantCountBenchmark extends Contest {
    private static final int FEW = 10;
    private static final int MANY = 1_000;
    private static final int ROWS = 10;

    private int last;

    /** Made by JMH. */
    public TenantCountBenchmark() {
        super(10);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        Target other = new Target(target.url() + "_few", target.user(), target.password());
        target.execute("create database " + other.url().replaceFirst(".*/", ""));
        SqlDatabase few = closing(Tenants.open(other, FEW, ROWS));
        SqlDatabase many = closing(Tenants.open(target, MANY, ROWS));
        enter("10 tenants", () -> read(few, FEW));
        enter("1000 tenants", () -> read(many, MANY));
    }

    private Item read(SqlDatabase database, int tenants) {
        last++;
        return database.tenant(Tenants.name(last % tenants))
                .read(session -> session.find(Item.class, last % ROWS + 1L));
    }
}
