package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.NotSupportedException;
import dev.regista.TenantRequiredException;
import dev.regista.TenantSuspendedException;
import dev.regista.UnknownTenantException;
import dev.regista.routing.Routing;
import dev.regista.routing.Tenant;
import dev.regista.sql.tenancy.TenantExistsException;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.TenantState;
import dev.regista.testing.LeakChecker;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** C.36 to C.79: tenants with a schema each, on every product that has schemas. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class TenancyIT {
    /** On MariaDB, schemas belong to the whole server. */
    private final String suffix = "_" + UUID.randomUUID().toString().substring(0, 8);

    private final String acme = "acme" + suffix;
    private final String beta = "Beta Ltd. ü" + suffix;
    private final List<String> created = new ArrayList<>();

    @Parameter
    Store store;

    private Store.Fresh fresh;
    private SqlDatabase database;

    @AfterEach
    void close() {
        if (database != null) {
            if (database.isOpen()) {
                database.dropAll();
                database.disconnect();
            }
            fresh.close();
        }
    }

    private SqlDatabase open() {
        return open(5);
    }

    private SqlDatabase open(int connections) {
        fresh = store.fresh();
        database = fresh.at()
                .models(Country.class, Invoice.class, Label.class)
                .pool(PoolSettings.ofSize(connections))
                .createTables(true)
                .build("main");
        database.connect();
        return database;
    }

    private void createBoth() {
        database.tenants().create(acme);
        database.tenants().create(beta);
    }

    private static List<String> texts(Session session) {
        return session.createSelectionQuery("select text from Invoice order by text", String.class)
                .getResultList();
    }

    @Test
    void eachTenantHasItsOwnRowsAndSharedOnesAreEverybodys() {
        open();
        createBoth();
        Country france = new Country("France");
        database.run(session -> session.persist(france));

        database.tenant(acme).run(session -> {
            Invoice invoice = new Invoice("for acme");
            invoice.country = session.find(Country.class, france.id);
            invoice.labels.add(new Label("red"));
            invoice.items.add("one");
            session.persist(invoice);
        });
        database.tenant(beta).run(session -> session.persist(new Invoice("for beta")));

        assertThat(database.tenant(acme).<List<String>, RuntimeException>read(TenancyIT::texts))
                .containsExactly("for acme");
        assertThat(database.tenant(beta).<List<String>, RuntimeException>read(TenancyIT::texts))
                .containsExactly("for beta");
        assertThat(database.tenant(acme)
                        .<String, RuntimeException>read(session -> session.createSelectionQuery(
                                        "select c.name from Invoice i join i.country c join i.labels l join i.items",
                                        String.class)
                                .getSingleResult()))
                .isEqualTo("France");
        assertThat(database.tenant(beta)
                        .<Long, RuntimeException>read(
                                session -> session.createSelectionQuery("select count(*) from Country", Long.class)
                                        .getSingleResult()))
                .isEqualTo(1);
    }

    @Test
    void lazyLoadingStaysInTheTenant() {
        open();
        createBoth();
        for (String tenant : List.of(acme, beta)) {
            database.tenant(tenant).run(session -> {
                Invoice invoice = new Invoice(tenant);
                invoice.labels.add(new Label("label of " + tenant));
                invoice.items.add("line of " + tenant);
                session.persist(invoice);
            });
        }

        for (String tenant : List.of(acme, beta)) {
            database.tenant(tenant).run(session -> {
                Invoice invoice = session.createSelectionQuery("from Invoice", Invoice.class)
                        .getSingleResult();
                assertThat(invoice.labels).extracting(label -> label.text).containsExactly("label of " + tenant);
                assertThat(invoice.items).containsExactly("line of " + tenant);
            });
        }
    }

    @Test
    void bulkAndNativeAndStatelessAndJdbcStayInTheTenant() throws SQLException {
        open();
        createBoth();
        for (String tenant : List.of(acme, beta)) {
            database.tenant(tenant).run(session -> session.persist(new Invoice("old")));
        }

        database.tenant(acme)
                .run(session -> session.createMutationQuery("update Invoice set text = 'new'")
                        .executeUpdate());
        database.tenant(acme).stateless().run(session -> session.insert(new Invoice("stateless")));
        database.tenant(acme)
                .run(session -> session.createNativeMutationQuery(
                                "insert into {h-domain}Label (id, text) values (999, 'native')")
                        .executeUpdate());
        database.tenant(acme)
                .run(session -> session.createMutationQuery(
                                "insert into Label (id, text) select i.id + 1000, i.text from Invoice i where i.text ="
                                        + " 'new'")
                        .executeUpdate());
        database.tenant(acme)
                .run(session -> session.createMutationQuery("delete from Invoice where text = 'stateless'")
                        .executeUpdate());
        database.tenant(acme).jdbc().run(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("insert into {h-schema}Label (id, text) values (?, 'jdbc')")) {
                statement.setLong(1, 998);
                statement.executeUpdate();
            }
        });

        assertThat(database.tenant(acme).<List<String>, RuntimeException>read(TenancyIT::texts))
                .containsExactly("new");
        assertThat(database.tenant(beta).<List<String>, RuntimeException>read(TenancyIT::texts))
                .containsExactly("old");
        assertThat(labels(acme)).containsExactly("jdbc", "native", "new");
        assertThat(labels(beta)).isEmpty();
    }

    private List<String> labels(String tenant) {
        return database.tenant(tenant)
                .<List<String>, RuntimeException>read(
                        session -> session.createSelectionQuery("select text from Label order by text", String.class)
                                .getResultList());
    }

    @Test
    void idsOfSharedModelsComeFromTheSharedSchemaWhoeverAsks() {
        open();
        createBoth();

        for (int i = 0; i < 3; i++) {
            for (String tenant : List.of(acme, beta)) {
                int number = i;
                database.tenant(tenant).run(session -> session.persist(new Country(tenant + number)));
            }
            int number = i;
            database.run(session -> session.persist(new Country("shared " + number)));
        }

        List<Long> ids = database.read(session -> session.createSelectionQuery("select id from Country", Long.class)
                .getResultList());
        assertThat(ids).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void aUnitWithoutATenantIsRefusedBeforeItTouchesWhatTenantsHave() {
        open();
        createBoth();

        assertThatThrownBy(() -> database.read(TenancyIT::texts))
                .isInstanceOf(TenantRequiredException.class)
                .hasMessageContaining("'main'")
                .hasMessageContainingAll("nvoice", "no tenant is stated");
        assertThatThrownBy(() -> database.run(session -> {
                    session.persist(new Country("first"));
                    session.persist(new Label("x"));
                }))
                .isInstanceOf(TenantRequiredException.class);
        assertThat(database.<Long, RuntimeException>read(
                        session -> session.createSelectionQuery("select count(*) from Country", Long.class)
                                .getSingleResult()))
                .isZero();
    }

    @Test
    void anUnknownOrSuspendedTenantIsRefused() {
        open();
        createBoth();

        assertThatThrownBy(() -> database.tenant("acmee").read(TenancyIT::texts))
                .isInstanceOf(UnknownTenantException.class)
                .hasMessageStartingWith("No tenant named 'acmee' in database 'main'. There are 2: ")
                .hasMessageContaining(acme);
        database.tenants().suspend(acme);
        assertThatThrownBy(() -> database.tenant(acme).read(TenancyIT::texts))
                .isInstanceOf(TenantSuspendedException.class)
                .hasMessage("The tenant '" + acme + "' of database 'main' is suspended");
        database.tenants().resume(acme);
        assertThat(database.tenant(acme).<List<String>, RuntimeException>read(TenancyIT::texts))
                .isEmpty();
    }

    @Test
    void theAmbientTenantHoldsInItsBlockAndTheOuterOneIsRestored() {
        open();
        createBoth();

        Tenant.of(acme).run(() -> {
            database.run(session -> session.persist(new Invoice("a")));
            assertThatThrownBy(() -> Tenant.of(beta).run(() -> {
                        database.run(session -> session.persist(new Invoice("b")));
                        throw new IllegalStateException("x");
                    }))
                    .hasMessage("x");
            database.run(session -> session.persist(new Invoice("a too")));
            Tenant.none()
                    .run(() -> assertThatThrownBy(() -> database.read(TenancyIT::texts))
                            .isInstanceOf(TenantRequiredException.class));
            // stated wins
            assertThat(database.tenant(beta).<List<String>, RuntimeException>read(TenancyIT::texts))
                    .containsExactly("b");
        });

        assertThat(Tenant.current()).isEmpty();
        assertThat(database.tenant(acme).<List<String>, RuntimeException>read(TenancyIT::texts))
                .containsExactly("a", "a too");
    }

    @Test
    void anotherTenantInsideAUnitIsAUnitOfItsOwn() {
        open();
        createBoth();

        assertThatThrownBy(() -> database.tenant(acme).run(session -> {
                    session.persist(new Invoice("outer"));
                    database.tenant(beta).run(inner -> inner.persist(new Invoice("inner")));
                    database.tenant(acme).run(joined -> assertThat(joined).isSameAs(session));
                    throw new IllegalStateException("outer fails");
                }))
                .hasMessage("outer fails");

        assertThat(database.tenant(acme).<List<String>, RuntimeException>read(TenancyIT::texts))
                .isEmpty();
        assertThat(database.tenant(beta).<List<String>, RuntimeException>read(TenancyIT::texts))
                .containsExactly("inner");
    }

    @Test
    void anotherThreadHasNoTenantUnlessItWasCaptured() throws Exception {
        open();
        createBoth();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Tenant.of(acme).run(() -> {
                Future<?> bare = executor.submit(() -> database.read(TenancyIT::texts));
                assertThatThrownBy(bare::get).hasRootCauseInstanceOf(TenantRequiredException.class);
                Future<?> captured = executor.submit(Routing.capture()
                        .wrap((Runnable) () -> database.run(session -> session.persist(new Invoice("captured")))));
                captured.get();
                // the same pool thread afterwards
                Future<?> after = executor.submit(() -> database.read(TenancyIT::texts));
                assertThatThrownBy(after::get).hasRootCauseInstanceOf(TenantRequiredException.class);
            });
        } finally {
            executor.shutdown();
        }
        assertThat(database.tenant(acme).<List<String>, RuntimeException>read(TenancyIT::texts))
                .containsExactly("captured");
    }

    @Test
    void aTenantThatIsCreatedAgainBeginsWithPositiveIdsOfItsOwn() {
        open();
        for (int round = 0; round < 3; round++) {
            database.tenants().create(acme);
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                Invoice invoice = new Invoice("n" + i);
                database.tenant(acme).run(session -> session.persist(invoice));
                ids.add(invoice.id);
            }
            assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id > 0);
            database.tenants().drop(acme);
            assertThat(database.tenants().exists(acme)).isFalse();
        }
    }

    @Test
    void ofSeveralCreatorsExactlyOneSucceeds() throws Exception {
        open(8);
        int creators = 6;
        CyclicBarrier together = new CyclicBarrier(creators);
        List<Object> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < creators; i++) {
            Thread thread = new Thread(() -> {
                try {
                    together.await();
                    outcomes.add(database.tenants().create(acme));
                } catch (Exception e) {
                    outcomes.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(outcomes).filteredOn(TenantInfo.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(TenantExistsException.class::isInstance).hasSize(creators - 1);
        database.tenant(acme).run(session -> session.persist(new Invoice("works")));
    }

    @Test
    void aTenantThatIsThereIsNotCreatedAgainWhoeverCreatedIt() {
        open();
        try (SqlDatabase other =
                fresh.at().models(Country.class, Invoice.class, Label.class).build("other")) {
            other.connect();

            assertThat(database.tenants().createIfAbsent(acme)).isTrue();
            assertThat(database.tenants().createIfAbsent(acme)).isFalse();
            assertThat(other.tenants().createIfAbsent(acme)).isFalse();

            other.tenant(acme).run(session -> session.persist(new Invoice("from the other")));
        }
        database.tenants().rename(acme, beta);
        assertThatThrownBy(() -> database.tenants().createIfAbsent(acme)).isInstanceOf(TenantExistsException.class);
        assertThat(database.tenants().list()).extracting(TenantInfo::name).containsExactly(beta);
    }

    @Test
    void theCatalogueOutlivesTheProcess() {
        open();
        createBoth();
        TenantInfo before = database.tenants().find(acme).orElseThrow();
        database.tenants().suspend(beta);

        try (SqlDatabase later =
                fresh.at().models(Country.class, Invoice.class, Label.class).build("later")) {
            later.connect();

            assertThat(later.tenants().list()).extracting(TenantInfo::name).containsExactlyInAnyOrder(acme, beta);
            assertThat(later.tenants().find(acme)).contains(before);
            assertThat(later.tenants().find(beta).orElseThrow().state()).isEqualTo(TenantState.SUSPENDED);
        }
    }

    @Test
    void whatAnotherProcessCreatesIsThereAfterARefresh() {
        open();
        try (SqlDatabase other =
                fresh.at().models(Country.class, Invoice.class, Label.class).build("other")) {
            other.connect();
            database.tenants().create(acme);
            assertThat(other.tenants().exists(acme)).isFalse();

            other.tenants().refresh();

            other.tenant(acme).run(session -> session.persist(new Invoice("from the other")));
        }
        assertThat(database.tenant(acme).<List<String>, RuntimeException>read(TenancyIT::texts))
                .containsExactly("from the other");
    }

    @Test
    void tenantTablesAreInNoSchemaButTheTenants() throws SQLException {
        open();
        createBoth();

        Set<String> shared = tables(database.schemas().defaultName());
        assertThat(shared).contains("country", "regista_tenant").doesNotContain("invoice", "label");
        assertThat(tables(acme)).contains("invoice", "label").doesNotContain("country", "regista_tenant");
    }

    private Set<String> tables(String schema) throws SQLException {
        boolean catalogs = store == Store.MARIADB;
        return database.jdbc().<Set<String>, SQLException>read(connection -> {
            Set<String> names = new java.util.TreeSet<>();
            try (ResultSet tables = connection
                    .getMetaData()
                    .getTables(
                            catalogs ? schema : null, catalogs ? null : schema, "%", new String[] {"TABLE", "BASE TABLE"
                            })) {
                while (tables.next()) {
                    names.add(tables.getString("TABLE_NAME").toLowerCase(java.util.Locale.ROOT));
                }
            }
            return names;
        });
    }

    @Test
    void aNameThatCannotBeASchemaIsRefused() {
        open();

        assertThatThrownBy(() -> database.tenants().create(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> database.tenants().create("a\"b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> database.tenants().create("ü".repeat(32)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> database.tenants()
                        .create(database.schemas().defaultName().toUpperCase(java.util.Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is the shared schema");
        assertThat(database.tenants().list()).isEmpty();
    }

    @Test
    void aSchemaThatCannotBeCreatedLeavesNoTenant() {
        open();
        database.schemas().create(acme);
        created.add(acme);

        assertThatThrownBy(() -> database.tenants().create(acme))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining(acme);

        assertThat(database.tenants().exists(acme)).isFalse();
        database.tenants().refresh();
        assertThat(database.tenants().exists(acme)).isFalse();
        assertThat(database.schemas().exists(acme)).isTrue();
        database.schemas().drop(acme);
    }

    @Test
    void aDatabaseWithoutTenantModelsHasNoTenants() {
        fresh = store.fresh();
        database = fresh.at().models(Country.class).build("main");
        database.connect();

        assertThatThrownBy(() -> database.tenant(acme)).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> database.tenants()).isInstanceOf(NotSupportedException.class);
        Tenant.of(acme).run(() -> database.createAll());
        Tenant.of(acme).run(() -> database.run(session -> session.persist(new Country("France"))));
    }
}
