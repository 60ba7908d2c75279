package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/**
 * What does a tenant cost, beside no tenant, and beside Hibernate's own tenancy by schema?
 *
 * <p>{@code bin/bench tenants}
 *
 * <p>A hundred tenants with a schema each, picked at random, so that a unit has another tenant than the one before it on the
 * same connection. One entity is found by its id. Hibernate: {@code hibernate.multi_tenant.schema_mapper} with a
 * {@code TenantSchemaMapper}, on the same schemas.
 */
public class TenantBenchmark extends Contest {
    private static final int TENANTS = 100;
    private static final int ROWS = 100;

    /** Made by JMH. */
    public TenantBenchmark() {
        super(10);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        SqlDatabase plain =
                closing(target.regista().models(Item.class).createTables(true).open("plain"));
        target.execute(Item.rows("public", ROWS));
        SqlDatabase tenants = closing(Tenants.open(target, TENANTS, ROWS));
        SessionFactory hibernate = closing(HibernatePeer.withTenants(closing(target.pool()), List.of(Item.class)));

        enter("regista call", () -> plain.call(session -> session.find(Item.class, row())));
        enter("regista read", () -> plain.read(session -> session.find(Item.class, row())));
        enter("regista tenant call", () -> tenants.tenant(tenant()).call(session -> session.find(Item.class, row())));
        enter("regista tenant read", () -> tenants.tenant(tenant()).read(session -> session.find(Item.class, row())));
        enter("hibernate tenant", () -> find(hibernate));
    }

    private static Item find(SessionFactory hibernate) {
        try (Session session =
                hibernate.withOptions().tenantIdentifier((Object) tenant()).openSession()) {
            session.beginTransaction();
            Item item = session.find(Item.class, row());
            session.getTransaction().commit();
            return item;
        }
    }

    private static String tenant() {
        return Tenants.any(TENANTS);
    }

    private static long row() {
        return ThreadLocalRandom.current().nextLong(ROWS) + 1;
    }
}
