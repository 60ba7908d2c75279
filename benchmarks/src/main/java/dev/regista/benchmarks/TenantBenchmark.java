package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.sql.SqlDatabase;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/**
 * What does a tenant cost, beside no tenant, and beside Hibernate's own tenancy by schema?
 *
 * <p>{@code bin/bench tenants}
 *
 * <p>A hundred tenants with a schema each, taken in turn, so that each unit has another tenant than the one before it on the
 * same connection. One entity is found by its id. Hibernate: {@code hibernate.multi_tenant.schema_mapper} with a
 * {@code TenantSchemaMapper}, on the same schemas.
 */
public class TenantBenchmark extends Contest {
    private static final int TENANTS = 100;
    private static final int ROWS = 100;

    private int last;

    /** Made by JMH. */
    public TenantBenchmark() {
        super(10);
    }

    @Override
    protected void prepare(Target target) throws Exception {
        SqlDatabase plain = closing(
                target.regista().models(Item.class).createTables(true).open("plain"));
        target.execute(Item.rows("public", ROWS));
        SqlDatabase tenants = closing(Tenants.open(target, TENANTS, ROWS));
        SessionFactory hibernate = closing(HibernatePeer.withTenants(closing(target.pool()), List.of(Item.class)));

        enter("regista call", () -> plain.call(session -> session.find(Item.class, row())));
        enter("regista read", () -> plain.read(session -> session.find(Item.class, row())));
        enter("regista tenant call", () -> tenants.tenant(tenant()).call(session -> session.find(Item.class, row())));
        enter("regista tenant read", () -> tenants.tenant(tenant()).read(session -> session.find(Item.class, row())));
        enter("hibernate tenant", () -> find(hibernate));
    }

    private Item find(SessionFactory hibernate) {
        try (Session session =
                hibernate.withOptions().tenantIdentifier((Object) tenant()).openSession()) {
            session.beginTransaction();
            Item item = session.find(Item.class, row());
            session.getTransaction().commit();
            return item;
        }
    }

    private String tenant() {
        last++;
        return Tenants.name(last % TENANTS);
    }

    private long row() {
        return last % ROWS + 1L;
    }
}
