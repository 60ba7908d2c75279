package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.Connection;
import dev.regista.PoolExhaustedException;
import dev.regista.WaitInterruptedException;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pool under pressure: exhausted, interrupted, cut off, full of dead connections. */
@ExtendWith(LeakChecker.class)
class PoolIT {
    private static final PoolSettings ONE = PoolSettings.ofSize(1).withWaitLimit(Duration.ofMillis(300));

    private final Store.Fresh fresh = Store.POSTGRES.fresh();

    private SqlDatabase opened(PoolSettings pool) {
        SqlDatabase database = fresh.at()
                .models(Book.class, Review.class)
                .createTables(true)
                .pool(pool)
                .build("main");
        database.connect();
        return database;
    }

    @Test
    void anExhaustedPoolSaysWhoHoldsWhatAndSinceWhen() throws Exception {
        try (fresh;
                SqlDatabase database = opened(ONE)) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Thread holder = new Thread(
                    () -> database.run(session -> {
                        held.countDown();
                        await(done);
                    }),
                    "the-holder");
            holder.start();
            await(held);

            assertThatThrownBy(() -> database.run(session -> session.persist(new Book("Emma"))))
                    .isInstanceOfSatisfying(PoolExhaustedException.class, exhausted -> {
                        assertThat(exhausted.holders()).hasSize(1);
                        assertThat(exhausted.holders().get(0).thread()).isEqualTo("the-holder");
                        assertThat(exhausted).hasMessageContaining("the-holder").hasMessageContaining("pool of 1");
                        assertThat(exhausted.getCause()).isInstanceOf(SQLException.class);
                    });
            done.countDown();
            holder.join(10_000);
            database.run(session -> session.persist(new Book("Emma")));
        }
    }

    @Test
    void aThreadThatWouldWaitForItselfIsToldAtOnce() {
        try (fresh;
                SqlDatabase database = opened(PoolSettings.ofSize(1).withWaitLimit(Duration.ofMinutes(5)))) {
            assertThatThrownBy(() -> database.run(
                            session -> database.requiresNew().run(inner -> inner.persist(new Book("never")))))
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageContaining("within 0 ms");
            assertThat(database.<Long, RuntimeException>read(Book::count)).isZero();
        }
    }

    @Test
    void aPoolThatNobodyHasUsedHasNoThreads() {
        try (fresh;
                SqlDatabase database = fresh.at().build("untouched")) {
            database.connect();
            assertThat(threadsOf("untouched")).isEmpty();

            database.read(session ->
                    session.createNativeQuery("select 1", Integer.class).getSingleResult());
            assertThat(threadsOf("untouched")).isNotEmpty();
        }
        assertThat(threadsOf("untouched")).isEmpty();
    }

    @Test
    void aPoolThatIsToKeepConnectionsReadyIsStartedAtOnce() {
        try (fresh;
                SqlDatabase database =
                        fresh.at().pool(PoolSettings.ofSize(2).withMinIdle(1)).build("ready")) {
            database.connect();
            assertThat(threadsOf("ready")).isNotEmpty();
        }
    }

    private static List<String> threadsOf(String pool) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(pool))
                .toList();
    }

    @Test
    void aReadThatHasTakenNoConnectionBlocksNobody() {
        try (fresh;
                SqlDatabase database = opened(ONE)) {
            database.read(session -> {
                database.requiresNew().run(inner -> inner.persist(new Book("Emma")));
                return null;
            });
            assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(1);
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        try (fresh;
                SqlDatabase database = opened(PoolSettings.ofSize(1).withWaitLimit(Duration.ofMinutes(5)));
                Connection<Session> held = database.get()) {
            held.session().find(Book.class, 1L);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try {
                    database.run(session -> session.persist(new Book("never")));
                } catch (Throwable t) {
                    failure.set(t);
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            waiting.start();
            org.awaitility.Awaitility.await().until(() -> database.pool().waiting() == 1);
            waiting.interrupt();
            waiting.join(10_000);

            assertThat(failure.get()).isInstanceOf(WaitInterruptedException.class);
            assertThat(flag.get()).isTrue();
            assertThat(database.pool().active()).isEqualTo(1);
        }
    }

    @Test
    void aForcedCloseEndsTheWaitAndLeavesNoInterrupt() throws Exception {
        try (fresh;
                SqlDatabase database = opened(PoolSettings.ofSize(1).withWaitLimit(Duration.ofMinutes(5)));
                Connection<Session> held = database.get()) {
            held.session().find(Book.class, 1L);
            AtomicReference<Boolean> flag = new AtomicReference<>();
            CompletableFuture<Void> waiting = UnitsIT.onAThreadOfItsOwn(() -> {
                try {
                    database.run(session -> session.persist(new Book("never")));
                } finally {
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            org.awaitility.Awaitility.await().until(() -> database.pool().waiting() == 1);
            database.forceDisconnect();

            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasStackTraceContaining("the connection pool of 'main' has been closed");
            assertThat(flag.get()).isFalse();
        }
    }

    @Test
    void unitsNeverHoldMoreConnectionsThanThePoolMayHave() throws Exception {
        try (fresh;
                SqlDatabase database = opened(PoolSettings.ofSize(2).withOverflow(1))) {
            List<CompletableFuture<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                String title = "book " + thread;
                work.add(UnitsIT.onAThreadOfItsOwn(() -> {
                    for (int i = 0; i < 20; i++) {
                        String each = title + " " + i;
                        database.run(session -> session.persist(new Book(each)));
                        assertThat(database.pool().active()).isLessThanOrEqualTo(3);
                    }
                }));
            }
            CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

            assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(320);
            assertThat(database.pool().limit()).isEqualTo(3);
        }
    }

    @Test
    void aUnitCutOffInTheMiddleFailsAndTheNextOneWorks() throws Exception {
        for (boolean prePing : List.of(true, false)) {
            try (TestDatabase server = TestServers.postgres().newDatabase();
                    FaultyServer wire = forwardingTo(server.url());
                    SqlDatabase database = SqlDatabase.at(throughPort(server.url(), wire.port()))
                            .user(server.user())
                            .password(server.password())
                            .models(Book.class, Review.class)
                            .createTables(true)
                            .pool(PoolSettings.ofSize(3).withPrePing(prePing))
                            .build("main")) {
                database.connect();
                assertThatThrownBy(() -> database.run(session -> {
                            session.persist(new Book("half"));
                            session.flush();
                            wire.cut();
                            session.persist(new Book("done"));
                            session.flush();
                        }))
                        .hasStackTraceContaining("SQLException");

                database.run(session -> session.persist(new Book("after")));
                assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(1);
                assertThat(database.pool().active()).isZero();
            }
        }
        fresh.close();
    }

    @Test
    void prePingReplacesConnectionsThatDiedWhileNobodyLooked() throws Exception {
        try (TestDatabase server = TestServers.postgres().newDatabase();
                SqlDatabase database = SqlDatabase.at(server.url())
                        .user(server.user())
                        .password(server.password())
                        .pool(PoolSettings.ofSize(2).withPrePing(true))
                        .build("main")) {
            database.connect();
            List<Integer> before = backends(database);
            try (java.sql.Connection admin = server.connect();
                    Statement statement = admin.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
            }

            assertThat(backends(database)).isNotEqualTo(before);
        }
        fresh.close();
    }

    private static List<Integer> backends(SqlDatabase database) throws SQLException {
        return database.jdbc().read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                return List.of(row.getInt(1));
            }
        });
    }

    private static FaultyServer forwardingTo(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        return FaultyServer.forwardingTo(uri.getHost(), uri.getPort());
    }

    private static String throughPort(String jdbcUrl, int port) {
        return jdbcUrl.replaceFirst(":\\d+/", ":" + port + "/");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
