package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.routing.Tenant;
import dev.regista.sql.signal.UnitEnd;
import dev.regista.testing.LeakChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.query.restriction.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Listeners are told which tenant a signal comes from, and what they write is that tenant's. */
@ParameterizedClass
@EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class TenantSignalsIT {
    @Parameter
    Store store;

    private final List<String> told = new ArrayList<>();
    private Store.Fresh fresh;
    private SqlDatabase database;

    @BeforeEach
    void open() {
        fresh = store.fresh();
        database = fresh.at()
                .models(Country.class, Invoice.class, Label.class)
                .createTables(true)
                .build("main");
        database.connect();
        database.tenants().create("acme");
        database.tenants().create("globex");
    }

    @AfterEach
    void close() {
        database.dropAll();
        database.disconnect();
        fresh.close();
    }

    private long labels(String tenant) {
        return database.tenant(tenant)
                .<Long, RuntimeException>read(
                        session -> session.createSelectionQuery("select count(*) from Label", Long.class)
                                .getSingleResult());
    }

    @Test
    void aSignalNamesItsTenantAndAListenerWritesThere() {
        database.signals()
                .afterSave(Object.class, save -> told.add(save.tenant().orElse("shared")));
        database.signals().afterSave(Invoice.class, save -> save.stateless().insert(new Label(save.entity().text)));

        database.tenant("acme").run(session -> session.persist(new Invoice("tea")));
        Tenant.of("globex").run(() -> database.stateless().run(session -> session.insert(new Invoice("milk"))));
        database.run(session -> session.persist(new Country("Nepal")));

        assertThat(told).containsExactly("acme", "acme", "globex", "globex", "shared");
        assertThat(labels("acme")).isEqualTo(1);
        assertThat(labels("globex")).isEqualTo(1);
    }

    @Test
    void theEndOfAUnitNamesItsTenant() {
        List<UnitEnd> ends = new ArrayList<>();
        database.signals().afterCommit(ends::add);

        database.tenant("acme").run(session -> {
            database.tenant("acme").afterCommit(() -> told.add("acme"));
            assertThatThrownBy(() -> database.afterCommit(() -> told.add("shared")))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> database.tenant("globex").afterCommit(() -> told.add("globex")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tenant");
        });

        assertThat(ends).containsExactly(new UnitEnd("main", Optional.of("acme"), Optional.empty(), false));
        assertThat(told).containsExactly("acme");
    }

    @Test
    void aQueryOfATenantIsWatchedAndRestricted() {
        database.tenant("acme").run(session -> {
            session.persist(new Invoice("tea"));
            session.persist(new Invoice("milk"));
        });
        database.signals().beforeBulk(Invoice.class, bulk -> {
            told.add(bulk.tenant().orElseThrow());
            bulk.restrict(Path.from(Invoice.class).to("text", String.class).equalTo("tea"));
        });

        int deleted = database.tenant("acme")
                .call(session ->
                        session.createMutationQuery("delete from Invoice").executeUpdate());

        assertThat(deleted).isEqualTo(1);
        assertThat(told).containsExactly("acme");
    }
}
