package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class LeakCheckerIT {

    private static CountDownLatch stop = new CountDownLatch(1);

    private static @Nullable TestDatabase database;
    private static @Nullable Connection leaked;

    @BeforeAll
    static void openServers() {
        TestServers.postgres();
        TestServers.mariadb();
    }

    @AfterEach
    void cleanUp() throws SQLException {
        stop.countDown();
        stop = new CountDownLatch(1);
        if (leaked != null) {
            leaked.close();
            leaked = null;
        }
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Test
    void namesALeakedThreadWithItsStack() {
        assertThat(failureOf(Leaky.class, "leavesThread"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("leavesThread()")
                .hasMessageContaining("thread \"forgotten\"")
                .hasMessageContaining("CountDownLatch.await");
    }

    @Test
    void namesALeakedConnectionWithItsLastStatement() {
        assertThat(failureOf(Leaky.class, "leavesPostgresConnection"))
                .hasMessageContaining("connection to PostgreSQL")
                .hasMessageContaining("SELECT 'forgotten'");
    }

    @Test
    void namesALeakedConnectionToMariaDb() {
        assertThat(failureOf(Leaky.class, "leavesMariaDbConnection")).hasMessageContaining("connection to MariaDB");
    }

    @Test
    void namesAWatchedResourceThatIsNotReleased() {
        assertThat(failureOf(Leaky.class, "leavesWatched"))
                .hasMessageContaining("not released: the port")
                .hasMessageNotContaining("released one");
    }

    @Test
    void listsEveryLeakAndKeepsTheFailureOfTheTestItself() {
        Throwable failure = failureOf(Leaky.class, "failsAndLeavesThreadAndWatched");
        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessage("the test's own");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .contains("thread \"forgotten\"", "not released: the second");
    }

    @Test
    void passesCleanTestsAlsoWhenThingsCloseLateAndAfterALeakyOne() {
        failureOf(Leaky.class, "leavesWatched");
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Clean.class))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(4).succeeded(4));
    }

    private static Throwable failureOf(Class<?> test, String method) {
        Event failed =
                EngineTestKit.engine("junit-jupiter")
                        .selectors(selectMethod(test, method))
                        .execute()
                        .testEvents()
                        .failed()
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(method + " should fail"));
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    private static void startThread(CountDownLatch end) {
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "forgotten");
        thread.setDaemon(true);
        thread.start();
    }

    static class Leaky {

        @RegisterExtension
        final LeakChecker leaks = new LeakChecker(Duration.ofMillis(300));

        @Test
        void leavesThread() {
            startThread(stop);
        }

        @Test
        void leavesPostgresConnection() throws SQLException {
            leave(TestServers.postgres());
        }

        @Test
        void leavesMariaDbConnection() throws SQLException {
            leave(TestServers.mariadb());
        }

        private static void leave(TestServer server) throws SQLException {
            database = server.newDatabase();
            leaked = database.connect();
            try (Statement statement = leaked.createStatement()) {
                statement.execute("SELECT 'forgotten'");
            }
        }

        @Test
        void leavesWatched() {
            String port = leaks.watch("kept", "the port", () -> false);
            assertThat(port).isEqualTo("kept");
            leaks.watch("x", "the released one", () -> true);
        }

        @Test
        void failsAndLeavesThreadAndWatched() {
            startThread(stop);
            leaks.watch("x", "the second", () -> false);
            throw new IllegalArgumentException("the test's own");
        }
    }

    @ExtendWith(LeakChecker.class)
    static class Clean {

        @RegisterExtension
        final LeakChecker leaks = new LeakChecker();

        @Test
        void closesConnections() throws SQLException {
            for (TestServer server : new TestServer[] {TestServers.postgres(), TestServers.mariadb()}) {
                try (TestDatabase own = server.newDatabase();
                        Connection connection = own.connect()) {
                    assertThat(connection.isValid(1)).isTrue();
                }
            }
        }

        @Test
        void permanentThreadsOfDriversAreNoLeak() throws SQLException {
            try (TestDatabase postgres = TestServers.postgres().newDatabase();
                    TestDatabase mariadb = TestServers.mariadb().newDatabase()) {
                use(postgres.url(), postgres);
                use(mariadb.url(), mariadb);
                use(mariadb.url().replace("jdbc:mariadb", "jdbc:mysql").replace("=disable", "=DISABLED"), mariadb);
                use("jdbc:h2:mem:leaks", mariadb);
                use("jdbc:sqlite::memory:", mariadb);
            }
        }

        private static void use(String url, TestDatabase credentials) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url, credentials.user(), credentials.password());
                    Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(5);
                statement.execute("SELECT 1");
                assertThat(connection.isValid(1)).isTrue();
            }
        }

        @Test
        void threadsOfTheJvmAreNoLeak() throws Exception {
            ForkJoinPool.commonPool().submit(() -> {}).get(5, TimeUnit.SECONDS);
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS))
                    .get(5, TimeUnit.SECONDS);
            new ProcessBuilder("true").start().waitFor();
        }

        @Test
        void waitsForWhatClosesLate() throws IOException {
            ServerSocket socket = new ServerSocket(0);
            leaks.watch(socket, "the socket", socket::isClosed);
            socket.close();
            CountDownLatch late = new CountDownLatch(1);
            startThread(late);
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(late::countDown);
        }
    }
}
