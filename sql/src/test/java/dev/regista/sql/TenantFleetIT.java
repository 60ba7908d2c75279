package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many tenants of one database. */
@ExtendWith(LeakChecker.class)
class TenantFleetIT {
    private static final int MANY = 1_000;

    /** The short form of {@code bin/soak tenants}. */
    @ParameterizedTest
    @MethodSource("dev.regista.sql.TenantSoak$Threads#available")
    void noRowIsEverInTheWrongTenantAndEachHasExactlyItsOwn(TenantSoak.Threads threads) {
        TenantSoak.Result result = new TenantSoak(20_000, 20, threads).run();

        assertThat(result.unexpected()).isEmpty();
        assertThat(result.threads()).containsExactly(threads.name().toLowerCase(Locale.ROOT));
        assertThat(result.operations()).isEqualTo(20_000);
        assertThat(result.failed()).isPositive();
        assertThat(result.holds()).as("%s", result).isTrue();
        assertThat(result.connections()).isLessThanOrEqualTo(4);
    }

    @Test
    void aThousandTenantsAreCreatedUsedDroppedAndCreatedAgain() {
        try (TestDatabase server = TestServers.postgres().newDatabase();
                SqlDatabase database = Store.server(server)
                        .at()
                        .models(Country.class, Label.class)
                        .pool(PoolSettings.ofSize(2))
                        .createTables(true)
                        .build("main")) {
            database.connect();
            database.tenants().create("first");
            database.tenant("first").run(session -> session.persist(new Label("x")));
            long heap = heap();
            long start = System.nanoTime();
            for (int i = 0; i < MANY; i++) {
                database.tenants().create("t" + i);
            }
            long created = System.nanoTime();
            for (int i = 0; i < MANY; i++) {
                String name = "t" + i;
                database.tenant(name).run(session -> session.persist(new Label(name)));
            }
            for (int i = 0; i < MANY; i++) {
                assertThat(labels(database, "t" + i)).containsExactly("t" + i);
            }
            long used = System.nanoTime();
            for (int i = 0; i < MANY; i += 2) {
                database.tenants().drop("t" + i);
                database.tenants().create("t" + i);
                Label again = new Label("again");
                database.tenant("t" + i).run(session -> session.persist(again));
                assertThat(again.id).isPositive();
            }
            long perTenant = (heap() - heap) / MANY;
            System.out.printf(
                    "%d tenants: created in %d ms, written and read in %d ms, %d bytes of heap each, %d connections%n",
                    MANY,
                    (created - start) / 1_000_000,
                    (used - created) / 1_000_000,
                    perTenant,
                    database.pool().active() + database.pool().idle());

            assertThat(database.tenants().list())
                    .extracting(TenantInfo::name)
                    .hasSize(MANY + 1)
                    .doesNotHaveDuplicates();
            assertThat(database.tenants().list()).extracting(TenantInfo::id).doesNotHaveDuplicates();
            assertThat(perTenant).isLessThan(20_000);
            assertThat(database.pool().active() + database.pool().idle()).isLessThanOrEqualTo(2);
        }
    }

    private static List<String> labels(SqlDatabase database, String tenant) {
        return database.tenant(tenant)
                .read(session -> session.createSelectionQuery("select text from Label", String.class)
                        .getResultList());
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
