package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.testing.LeakChecker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One connection for everybody. Whatever a tenant's unit of work does and however it ends, the next one on that connection
 * reads its own rows, the shared ones, or, with plain JDBC, what an untouched connection reads.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
@ExtendWith(LeakChecker.class)
class LeakMatrixIT {
    private static final String ALL = "select text from Invoice";

    @Parameter
    Store store;

    /** How the work of the first unit reaches the database. */
    enum Form {
        JPQL,
        NATIVE,
        STATELESS,
        BULK
    }

    /** How the first unit ends. */
    enum Outcome {
        COMMIT,
        ROLLBACK,
        EXCEPTION,
        TIMEOUT,
        INTERRUPT
    }

    /** Who gets the connection next. */
    enum Next {
        OTHER_TENANT,
        SHARED,
        RAW_JDBC
    }

    /** Side by side, as most of the time passes in waiting for time limits. */
    @Test
    void theNextUnitAlwaysReadsItsOwnRows() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(Next.values().length);
        try (Lane first = new Lane(store);
                Lane second = new Lane(store);
                Lane third = new Lane(store)) {
            Iterator<Lane> free = List.of(first, second, third).iterator();
            List<Future<?>> work = new ArrayList<>();
            for (Next next : Next.values()) {
                Lane lane = free.next();
                work.add(threads.submit(() -> {
                    lane.endsEachFormInEachWayBefore(next);
                    return null;
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatTheApplicationSetsOnAConnectionEndsWithTheUnit() throws SQLException {
        try (Lane lane = new Lane(store)) {
            for (Next next : Next.values()) {
                lane.setsWhatItLikesBefore(next);
            }
        }
    }

    /** A database with two tenants, and a pool of one connection. */
    private static final class Lane implements AutoCloseable {
        private final String suffix = "_" + UUID.randomUUID().toString().substring(0, 8);
        private final String acme = "acme" + suffix;
        private final String beta = "beta" + suffix;

        private final Store store;
        private final Store.Fresh fresh;
        private final SqlDatabase database;
        private final SqlDatabase watcher;

        Lane(Store store) {
            this.store = store;
            fresh = store.fresh();
            database = fresh.at()
                    .models(Country.class, Invoice.class, Label.class)
                    .pool(PoolSettings.ofSize(1))
                    .createTables(true)
                    .build("main");
            database.connect();
            watcher = fresh.at().build("watcher");
            watcher.connect();
            database.run(session -> session.persist(new Country("shared")));
            for (String tenant : List.of(acme, beta)) {
                database.tenants().create(tenant);
                database.tenant(tenant).run(session -> session.persist(new Invoice(tenant)));
            }
        }

        @Override
        public void close() {
            Thread.interrupted();
            database.dropAll();
            database.disconnect();
            watcher.disconnect();
            fresh.close();
        }

        void endsEachFormInEachWayBefore(Next next) throws SQLException {
            for (Outcome outcome : Outcome.values()) {
                for (Form form : Form.values()) {
                    first(form, outcome);
                    Thread.interrupted();
                    nothingIsLeftInATransaction(form + ", " + outcome);
                    check(next, form + ", " + outcome);
                }
            }
            assertThat(database.tenant(acme)
                            .<List<Long>, RuntimeException>read(
                                    session -> session.createSelectionQuery("select total from Invoice", Long.class)
                                            .getResultList()))
                    .as("each outcome but COMMIT and INTERRUPT has been undone")
                    .containsExactly((long) (Form.values().length * 2));
        }

        void setsWhatItLikesBefore(Next next) throws SQLException {
            String statement = switch (store) {
                case POSTGRES -> "set search_path to \"" + acme + "\"";
                case MARIADB -> "use `" + acme + "`";
                default -> "set schema \"" + acme + "\"";
            };
            database.jdbc().run(connection -> execute(connection, statement));
            check(next, statement);
            database.tenant(acme).jdbc().run(connection -> {
                try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                    prepared.execute();
                }
            });
            check(next, "prepared " + statement);
            database.tenant(acme)
                    .run(session -> session.createNativeMutationQuery(statement).executeUpdate());
            check(next, "native " + statement);
            database.tenant(acme).jdbc().run(connection -> {
                if (store == Store.MARIADB) {
                    connection.setCatalog(acme);
                } else {
                    connection.setSchema(acme);
                }
            });
            check(next, "setSchema");
        }

        private void first(Form form, Outcome outcome) {
            SqlUnits units = database.tenant(acme);
            switch (outcome) {
                case COMMIT -> units.run(session -> work(form, units));
                case ROLLBACK -> {
                    try (dev.regista.Connection<org.hibernate.Session> connection = units.get()) {
                        connection
                                .session()
                                .createMutationQuery("update Invoice set total = total + 1")
                                .executeUpdate();
                    }
                }
                case EXCEPTION ->
                    assertThat(catchThrowable(() -> units.run(session -> {
                                work(form, units);
                                throw new IllegalStateException("on purpose");
                            })))
                            .hasMessage("on purpose");
                case TIMEOUT ->
                    assertThat(catchThrowable(() -> units.timeout(Duration.ofSeconds(1))
                                    .run(session -> {
                                        work(form, units);
                                        session.createNativeQuery(slow(), Object.class)
                                                .getResultList();
                                    })))
                            .isNotNull();
                case INTERRUPT ->
                    units.run(session -> {
                        Thread.currentThread().interrupt();
                        work(form, units);
                    });
            }
        }

        private void nothingIsLeftInATransaction(String after) throws SQLException {
            if (store == Store.POSTGRES) {
                assertThat(watcher.jdbc().<Integer, SQLException>read(connection -> {
                            try (Statement statement = connection.createStatement();
                                    ResultSet rows = statement.executeQuery(
                                            "select count(*) from pg_stat_activity"
                                                    + " where datname = current_database() and state like 'idle in transaction%'")) {
                                rows.next();
                                return rows.getInt(1);
                            }
                        }))
                        .as(after)
                        .isZero();
            }
        }

        private void work(Form form, SqlUnits units) {
            switch (form) {
                case JPQL ->
                    units.run(session -> session.createSelectionQuery("from Invoice", Invoice.class)
                            .getSingleResult()
                            .total++);
                case NATIVE ->
                    units.run(session -> session.createNativeMutationQuery(
                                    "update {h-domain}Invoice set total = total + 1")
                            .executeUpdate());
                case STATELESS ->
                    units.stateless().run(session -> {
                        Invoice invoice = session.createSelectionQuery("from Invoice", Invoice.class)
                                .getSingleResult();
                        invoice.total++;
                        session.update(invoice);
                    });
                case BULK ->
                    units.run(session -> session.createMutationQuery("update Invoice set total = total + 1")
                            .executeUpdate());
            }
        }

        /** A statement that takes longer than the time limit. */
        private String slow() {
            return switch (store) {
                case POSTGRES -> "select 1 from pg_sleep(20)";
                case MARIADB -> "select sleep(20)";
                default -> "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b";
            };
        }

        private void check(Next next, String after) throws SQLException {
            switch (next) {
                case OTHER_TENANT ->
                    assertThat(database.tenant(beta)
                                    .<List<String>, RuntimeException>call(
                                            session -> session.createSelectionQuery(ALL, String.class)
                                                    .getResultList()))
                            .as(after)
                            .containsExactly(beta);
                case SHARED ->
                    assertThat(database.<List<String>, RuntimeException>call(
                                    session -> session.createSelectionQuery("select name from Country", String.class)
                                            .getResultList()))
                            .as(after)
                            .containsExactly("shared");
                case RAW_JDBC ->
                    assertThat(database.jdbc().<String, SQLException>read(Lane::country))
                            .as(after)
                            .isEqualTo("shared");
            }
        }

        /** The table is named without a schema. */
        private static String country(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select name from Country")) {
                rows.next();
                return rows.getString(1);
            }
        }

        private static void execute(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
