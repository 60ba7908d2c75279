package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.regista.ConfigurationException;
import dev.regista.Connection;
import dev.regista.Isolation;
import dev.regista.NotSupportedException;
import dev.regista.PoolExhaustedException;
import dev.regista.TenantSuspendedException;
import dev.regista.UnknownTenantException;
import dev.regista.routing.Tenant;
import dev.regista.sql.tenancy.Placement;
import dev.regista.sql.tenancy.TenantDatabases;
import dev.regista.sql.tenancy.TenantExistsException;
import dev.regista.sql.tenancy.TenantInfo;
import dev.regista.sql.tenancy.WhenFull;
import dev.regista.testing.LeakChecker;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tenants with a database each, under one budget, on every product that has several databases. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class TenantDatabasesIT {
    /** Databases belong to the whole server. */
    private final String suffix = "_" + UUID.randomUUID().toString().substring(0, 8);

    private final String acme = "acme" + suffix;
    private final String beta = "beta" + suffix;

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
        return open(tenants -> tenants);
    }

    private SqlDatabase open(UnaryOperator<TenantDatabases> settings) {
        return open(settings, builder -> builder);
    }

    private SqlDatabase open(UnaryOperator<TenantDatabases> settings, UnaryOperator<SqlDatabaseBuilder> more) {
        fresh = store.fresh();
        database = more.apply(fresh.at()
                        .models(Country.class, Ticket.class, Label.class)
                        .tenantDatabases(settings.apply(fresh.tenants()))
                        .pool(PoolSettings.ofSize(3).withWaitLimit(Duration.ofSeconds(5)))
                        .createTables(true))
                .build("main");
        database.connect();
        return database;
    }

    private void createBoth() {
        database.tenants().create(acme);
        database.tenants().create(beta);
    }

    private static List<String> texts(Session session) {
        return session.createSelectionQuery("select text from Ticket order by text", String.class)
                .getResultList();
    }

    private List<String> textsOf(String tenant) {
        return database.tenant(tenant).<List<String>, RuntimeException>read(TenantDatabasesIT::texts);
    }

    /** What the server says, through a connection of the database itself. */
    private String currentDatabase(SqlUnits units) throws Exception {
        String query = store == Store.MARIADB
                ? "select database()"
                : store == Store.H2 ? "select database_path()" : "select current_database()";
        return units.jdbc().<String, Exception>read(connection -> {
            try (ResultSet result = connection.prepareStatement(query).executeQuery()) {
                result.next();
                return String.valueOf(result.getString(1));
            }
        });
    }

    @Test
    void eachTenantHasItsOwnRowsInItsOwnDatabase() throws Exception {
        open();
        createBoth();

        for (String tenant : List.of(acme, beta)) {
            database.tenant(tenant).run(session -> {
                Ticket ticket = new Ticket("by session of " + tenant);
                ticket.labels.add(new Label("red"));
                ticket.parts.add("one");
                session.persist(ticket);
            });
            database.tenant(tenant).stateless().run(session -> session.insert(new Ticket("stateless of " + tenant)));
            database.tenant(tenant).jdbc().run(connection -> {
                try (var insert = connection.prepareStatement(
                        "update {h-schema}Ticket set text = concat(text, '!') where text like 'stateless%'")) {
                    assertThat(insert.executeUpdate()).isOne();
                }
            });
            database.tenant(tenant)
                    .run(session -> session.createMutationQuery("update Ticket set text = concat('> ', text)")
                            .executeUpdate());
        }

        for (String tenant : List.of(acme, beta)) {
            assertThat(textsOf(tenant)).containsExactly("> by session of " + tenant, "> stateless of " + tenant + "!");
            database.tenant(tenant).run(session -> {
                Ticket ticket = session.createSelectionQuery("from Ticket where text like '%session%'", Ticket.class)
                        .getSingleResult();
                assertThat(ticket.labels).hasSize(1);
                assertThat(ticket.parts).containsExactly("one");
            });
            if (store != Store.H2) {
                assertThat(currentDatabase(database.tenant(tenant))).isEqualTo(tenant);
            }
        }
        assertThat(database.tenants().list())
                .allMatch(tenant -> tenant.placement() == Placement.DATABASE)
                .extracting(TenantInfo::schema)
                .containsExactly(acme, beta);
    }

    @Test
    void theNameOfTheTenantMayBeAPartOfThatOfTheDatabase() throws Exception {
        open(tenants -> TenantDatabases.at(
                tenants.url().reveal().replace(TenantDatabases.TENANT, "app_" + TenantDatabases.TENANT + "_db")));
        database.tenants().create(acme);
        database.tenant(acme).run(session -> session.persist(new Ticket("kept")));

        assertThat(textsOf(acme)).containsExactly("kept");
        if (store != Store.H2) {
            assertThat(currentDatabase(database.tenant(acme))).isEqualTo("app_" + acme + "_db");
        }
        database.tenants().drop(acme);
        database.tenants().create(acme);
        assertThat(textsOf(acme)).isEmpty();
    }

    @Test
    void anIdThatBecomesAnotherTenantsDoesNotLeadToTheFirstOnesDatabase() {
        open();
        createBoth();
        database.tenant(acme).run(session -> session.persist(new Ticket("of acme")));
        database.tenant(beta).run(session -> session.persist(new Ticket("of beta")));

        // As after another process has created the catalogue again, with the same tenants in another order.
        long first = database.tenants().find(acme).orElseThrow().id();
        long second = database.tenants().find(beta).orElseThrow().id();
        database.stateless().run(session -> {
            changeId(session, first, -1);
            changeId(session, second, first);
            changeId(session, -1, second);
        });
        database.tenants().refresh();

        assertThat(database.tenants().find(acme).orElseThrow().id()).isEqualTo(second);
        assertThat(textsOf(acme)).containsExactly("of acme");
        assertThat(textsOf(beta)).containsExactly("of beta");
    }

    private static void changeId(StatelessSession session, long from, long to) {
        session.createMutationQuery("update dev.regista.Tenant set id = ?1 where id = ?2")
                .setParameter(1, to)
                .setParameter(2, from)
                .executeUpdate();
    }

    @Test
    void codeInATenantUsesSharedModelsAsItDoesWithSchemas() {
        open();
        createBoth();

        Tenant.of(acme).run(() -> {
            database.run(session -> session.persist(new Country("France")));
            database.run(session -> session.persist(new Ticket("a")));
            long seen = database.readOnly()
                    .isolation(Isolation.REPEATABLE_READ)
                    .call(session -> session.createSelectionQuery("select count(*) from Country", Long.class)
                            .getSingleResult());
            assertThat(seen).isOne();
        });
        Tenant.of(beta)
                .run(() -> assertThat(database.<Long, RuntimeException>read(
                                session -> session.createSelectionQuery("select count(*) from Country", Long.class)
                                        .getSingleResult()))
                        .isOne());
        assertThat(textsOf(acme)).containsExactly("a");
        assertThat(textsOf(beta)).isEmpty();
    }

    @Test
    void sharedAndTenantModelsInOneUnitAreRefused() {
        open();
        createBoth();

        assertThatThrownBy(() -> database.tenant(acme).run(session -> {
                    session.persist(new Ticket("x"));
                    session.flush();
                    session.createSelectionQuery("from Country", Country.class).getResultList();
                }))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("shared and tenant models in one unit of work")
                .hasMessageContaining(acme)
                .hasMessageContaining("Country");
        assertThatThrownBy(() -> database.tenant(acme).run(session -> {
                    session.createSelectionQuery("from Country", Country.class).getResultList();
                    session.createSelectionQuery("from Ticket", Ticket.class).getResultList();
                }))
                .isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> database.tenant(acme)
                        .run(session -> session.createSelectionQuery(
                                        "select t from Ticket t, Country c where c.name = t.text", Ticket.class)
                                .getResultList()))
                .isInstanceOf(NotSupportedException.class);
        assertThat(textsOf(acme)).isEmpty();
    }

    @Test
    void aTenantModelThatRefersToASharedOneIsRefusedWhenOpening() {
        fresh = store.fresh();
        try (SqlDatabase wrong = fresh.at()
                .models(Country.class, Invoice.class, Label.class)
                .tenantDatabases(fresh.tenants())
                .createTables(true)
                .build("main")) {
            assertThatThrownBy(wrong::connect)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("Invoice")
                    .hasMessageContaining("Country");
        }
        fresh.close();
    }

    @Test
    void itFailsClosed() {
        open();
        createBoth();
        database.tenants().suspend(beta);

        assertThatThrownBy(() -> database.tenant("nobody").run(session -> {}))
                .isInstanceOf(UnknownTenantException.class);
        assertThatThrownBy(() -> database.tenant(beta).run(session -> {})).isInstanceOf(TenantSuspendedException.class);
        assertThatThrownBy(() -> database.run(session -> session.persist(new Ticket("x"))))
                .hasMessageContaining("no tenant is stated");
        for (String name : List.of("Acme", "a/b", "a?user=x", "a b", "ü", "-a", "")) {
            assertThatThrownBy(() -> database.tenants().create(name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> database.tenants().create(acme)).isInstanceOf(TenantExistsException.class);
    }

    @Test
    void tenantsAreThereAfterOpeningAgainAndBeginAnewAfterBeingDropped() {
        open();
        createBoth();
        database.tenant(acme).run(session -> session.persist(new Ticket("kept")));
        database.tenant(beta).run(session -> session.persist(new Ticket("lost")));

        if (store != Store.H2) {
            // H2's shared database is in memory here, and ends.
            database.disconnect();
            database.connect();
        }
        database.tenants().drop(beta);
        database.tenants().create(beta);
        Ticket first = new Ticket("new");
        database.tenant(beta).run(session -> session.persist(first));

        assertThat(textsOf(acme)).containsExactly("kept");
        assertThat(textsOf(beta)).containsExactly("new");
        assertThat(first.id).isOne();
    }

    @Test
    void aTenantThatIsRenamedKeepsItsDatabase() {
        open();
        database.tenants().create(acme);
        database.tenant(acme).run(session -> session.persist(new Ticket("kept")));

        TenantInfo renamed = database.tenants().rename(acme, beta);

        assertThat(renamed.schema()).isEqualTo(acme);
        assertThat(textsOf(beta)).containsExactly("kept");
        assertThatThrownBy(() -> textsOf(acme)).isInstanceOf(UnknownTenantException.class);
        assertThatThrownBy(() -> database.tenants().create(acme))
                .as("its database is still there")
                .isInstanceOf(TenantExistsException.class);
        assertThatThrownBy(() -> database.tenants().rename("nobody", "x")).isInstanceOf(UnknownTenantException.class);
    }

    @Test
    void aDatabaseThatIsThereAlreadyIsNeitherTakenNorDropped() throws Exception {
        open();
        createBoth();
        database.tenant(acme).run(session -> session.persist(new Ticket("kept")));
        database.stateless()
                .run(session -> session.createMutationQuery("delete from dev.regista.Tenant where name = :name")
                        .setParameter("name", acme)
                        .executeUpdate());
        TenantInfo before = database.tenants().find(acme).orElseThrow();
        database.tenants().refresh();

        assertThatThrownBy(() -> database.tenants().create(acme)).isInstanceOf(SchemaException.class);

        assertThat(database.tenants().exists(acme)).isFalse();
        database.stateless().run(session -> {
            TenantRow row = new TenantRow(acme, Placement.DATABASE, before.state());
            session.insert(row);
        });
        database.tenants().refresh();
        assertThat(textsOf(acme)).containsExactly("kept");
    }

    @Test
    void hooksAreToldAndAFailingOneUndoesTheCreation() {
        List<String> told = new ArrayList<>();
        open(
                tenants -> tenants,
                builder -> builder.onTenantCreated((main, tenant) -> {
                            main.tenant(tenant.name()).run(session -> session.persist(new Ticket("first")));
                            told.add("created " + tenant.name());
                            if (tenant.name().equals(beta)) {
                                throw new IllegalStateException("no");
                            }
                        })
                        .onTenantDropped((main, tenant) -> told.add("dropped " + tenant.name())));

        database.tenants().create(acme);
        assertThatThrownBy(() -> database.tenants().create(beta))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");

        assertThat(textsOf(acme)).containsExactly("first");
        assertThat(database.tenants().exists(beta)).isFalse();
        database.tenants().drop(acme);
        assertThat(told).containsExactly("created " + acme, "created " + beta, "dropped " + acme);
    }

    /** The budget is kept at each moment, not only in the end. */
    @Test
    void thereAreNeverMoreConnectionsThanTheBudget() throws Exception {
        int budget = 6;
        open(tenants -> tenants.withBudget(budget).withPoolSize(3));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            names.add("t" + i + suffix);
            database.tenants().create(names.get(i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (SqlDatabase watching = fresh.at().build("watching")) {
            watching.connect();
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                int seed = thread;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        String name = names.get((seed * 7 + i * 5) % names.size());
                        database.tenant(name).run(session -> session.persist(new Ticket(name)));
                        if (i % 10 == 0) {
                            database.run(session -> session.persist(
                                    new Country(UUID.randomUUID().toString())));
                        }
                    }
                    return null;
                }));
            }
            int samples = 0;
            int above = 0;
            // H2 has no server that could count.
            while (store != Store.H2 && running.stream().anyMatch(future -> !future.isDone())) {
                samples++;
                above += connections(watching) > budget ? 1 : 0;
            }
            for (Future<?> future : running) {
                future.get();
            }
            assertThat(((DefaultSqlDatabase) database).tenantPools().mostConnections())
                    .isEqualTo(budget);
            // A server takes a moment to forget a connection that has been closed.
            assertThat(above).as("of %d samples", samples).isLessThanOrEqualTo(samples / 20);
        } finally {
            threads.shutdownNow();
        }
        int rows = 0;
        for (String name : names) {
            List<String> texts = textsOf(name);
            assertThat(texts).containsOnly(name);
            rows += texts.size();
        }
        assertThat(rows).isEqualTo(16 * 60);
    }

    /** What the server counts, without the connection that asks. */
    private int connections(SqlDatabase watching) throws Exception {
        String query = store == Store.POSTGRES
                ? "select count(*) from pg_stat_activity where pid <> pg_backend_pid()"
                        + " and (datname = current_database() or datname like '%" + suffix + "')"
                : "select count(*) from information_schema.processlist where id <> connection_id()"
                        + " and (db = database() or db like '%" + suffix + "')";
        return watching.jdbc().<Integer, Exception>read(connection -> {
            try (ResultSet result = connection.prepareStatement(query).executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        });
    }

    @Test
    void whenAllAreInUseTheCallerIsToldWhoHoldsThem() {
        open(
                tenants -> tenants.withBudget(3).withPoolSize(2),
                builder -> builder.pool(PoolSettings.ofSize(1).withWaitLimit(Duration.ofMillis(400))));
        createBoth();
        try (Connection<Session> one = database.tenant(acme).get();
                Connection<Session> two = database.tenant(acme).get();
                Connection<Session> three = database.get()) {
            texts(one.session());
            texts(two.session());
            three.session().createSelectionQuery("from Country", Country.class).getResultList();

            assertThatThrownBy(() -> textsOf(beta))
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageContaining("the budget of 3 connections is used up")
                    .hasMessageContaining("main: 1")
                    .hasMessageContaining("main/" + acme + ": 2")
                    .hasMessageContaining("thread '" + Thread.currentThread().getName() + "' since");
        }
        assertThat(textsOf(beta)).isEmpty();
    }

    @Test
    void idleConnectionsMakeRoomOrAreKept() {
        for (WhenFull policy : WhenFull.values()) {
            open(
                    tenants -> tenants.withBudget(2).withPoolSize(1).withWhenFull(policy),
                    builder -> builder.pool(PoolSettings.ofSize(1).withWaitLimit(Duration.ofSeconds(3))));
            if (policy == WhenFull.EVICT) {
                createBoth();
                assertThat(textsOf(acme)).isEmpty();
                assertThat(textsOf(beta)).isEmpty();
                assertThat(textsOf(acme)).isEmpty();
            } else {
                database.tenants().create(acme);
                assertThat(textsOf(acme)).isEmpty();
                assertThatThrownBy(() -> database.tenants().create(beta))
                        .hasMessageContaining("the budget of 2 connections is used up");
                assertThat(textsOf(acme)).isEmpty();
                assertThat(database.tenants().exists(beta)).isFalse();
            }
            database.dropAll();
            database.disconnect();
            fresh.close();
        }
        database = null;
    }

    @Test
    void aBusyTenantLeavesRoomForTheOthers() throws Exception {
        open(tenants -> tenants.withBudget(5).withPoolSize(2));
        createBoth();
        CountDownLatch done = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            for (int i = 0; i < 12; i++) {
                threads.execute(() -> {
                    while (done.getCount() > 0) {
                        database.tenant(acme).run(TenantDatabasesIT::texts);
                    }
                });
            }
            for (int i = 0; i < 50; i++) {
                assertThat(textsOf(beta)).isEmpty();
            }
        } finally {
            done.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void thePoolOfATenantThatNobodyUsesIsClosed() {
        open(tenants -> tenants.withIdleTimeout(Duration.ofSeconds(1)));
        createBoth();
        assertThat(textsOf(acme)).isEmpty();

        await().atMost(20, TimeUnit.SECONDS)
                .until(() ->
                        ((DefaultSqlDatabase) database).tenantPools().open().isEmpty());
        assertThat(textsOf(acme)).isEmpty();
    }
}
