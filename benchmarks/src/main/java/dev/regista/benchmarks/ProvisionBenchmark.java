package dev.regista.benchmarks;

import dev.regista.sql.SqlDatabase;
import org.hibernate.SessionFactory;

/**
 * How long does it take until a new tenant can be used?
 *
 * <p>{@code bin/bench provision}
 *
 * <p>A schema with twenty tables, their sequences, and ten foreign keys. Regista: {@code tenants().create(..)}, which also
 * writes the tenant into its catalogue. Hibernate: {@code SchemaManager.forSchema(..).create(true)}. Dropping is not part of
 * the time.
 */
public class ProvisionBenchmark extends Contest {
    private int last;

    /** Made by JMH. */
    public ProvisionBenchmark() {
        super(1);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        SqlDatabase regista = closing(target.regista()
                .tenantModels(Warehouse.MODELS)
                .createTables(true)
                .open("regista"));
        SessionFactory hibernate = closing(HibernatePeer.plain(closing(target.pool()), Warehouse.MODELS));
        enter(
                "regista",
                () -> {
                    last++;
                    return regista.tenants().create("tenant" + last);
                },
                () -> {
                    regista.tenants().drop("tenant" + last);
                    return last;
                });
        enter(
                "hibernate",
                () -> {
                    last++;
                    hibernate.getSchemaManager().forSchema("schema" + last).create(true);
                    return last;
                },
                () -> {
                    target.execute("drop schema schema" + last + " cascade");
                    return last;
                });
    }
}
