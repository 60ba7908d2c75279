package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class FaultyServerIT {

    private static final String CONNECTION_LOST = "08006";
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final LeakChecker leaks = new LeakChecker();

    private TestDatabase database;
    private FaultyServer proxy;

    @BeforeEach
    void open() {
        SqlServer server = (SqlServer) TestServers.postgres();
        database = server.newDatabase();
        String port = server.address().prefix().replaceAll(".*:(\\d+)/", "$1");
        proxy = FaultyServer.forwardingTo("127.0.0.1", Integer.parseInt(port));
    }

    @AfterEach
    void close() {
        proxy.close();
        database.close();
    }

    @Test
    void silentServerMakesTheLoginTimeOut() throws SQLException {
        try (FaultyServer silent = FaultyServer.silent()) {
            assertThatThrownBy(() -> connect(silent, "?loginTimeout=1"))
                    .isInstanceOf(SQLException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "08001");
        }
    }

    @Test
    void hangingUpEndsTheLogin() {
        try (FaultyServer hangingUp = FaultyServer.hangingUp()) {
            assertThatThrownBy(() -> connect(hangingUp, ""))
                    .isInstanceOf(SQLException.class)
                    .cause()
                    .isInstanceOfAny(EOFException.class, IOException.class);
        }
    }

    @Test
    void forwardsUnharmed() throws SQLException {
        try (Connection connection = connect(proxy, "")) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(proxy.connections()).isOne();
        }
        assertThat(Await.until(SOON, () -> proxy.connections() == 0)).isTrue();
    }

    @Test
    void cutEndsARunningQueryOnBothSides() throws Exception {
        try (Connection connection = connect(proxy, "")) {
            CompletableFuture<SQLException> failure = failureOf(connection, "SELECT pg_sleep(50)");
            assertThat(Await.until(
                            SOON,
                            () -> TestServers.postgres().describeConnections().stream()
                                    .anyMatch(each -> each.contains("state active") && each.contains("pg_sleep"))))
                    .isTrue();
            proxy.cut();
            assertThat(failure.get(10, TimeUnit.SECONDS).getSQLState()).isEqualTo(CONNECTION_LOST);
            assertThat(Await.until(SOON, () -> proxy.connections() == 0)).isTrue();
        }
        try (Connection again = connect(proxy, "")) {
            assertThat(again.isValid(5)).isTrue();
        }
        // The server notices a lost client of a sleeping query only when it writes.
        database.drop();
    }

    @Test
    void refusesOnlyNewConnectionsUntilRestored() throws SQLException {
        int port = proxy.port();
        try (Connection connection = connect(proxy, "")) {
            proxy.refuse();
            proxy.refuse();
            assertThat(connection.isValid(5)).isTrue();
            assertThatThrownBy(() -> connect(proxy, "")).hasCauseInstanceOf(ConnectException.class);
            proxy.restore();
            assertThat(proxy.port()).isEqualTo(port);
            try (Connection other = connect(proxy, "")) {
                assertThat(other.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void freezeHoldsTrafficUntilRestored() throws Exception {
        try (Connection connection = connect(proxy, "")) {
            proxy.freeze();
            CompletableFuture<SQLException> failure = failureOf(connection, "SELECT 1/0");
            assertThat(Await.until(Duration.ofMillis(300), failure::isDone)).isFalse();
            assertThatThrownBy(() -> connect(proxy, "?loginTimeout=1")).isInstanceOf(SQLException.class);
            proxy.restore();
            assertThat((Throwable) failure.get(10, TimeUnit.SECONDS)).hasMessageContaining("division by zero");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void frozenConnectionsCanBeCut() throws Exception {
        try (Connection connection = connect(proxy, "")) {
            proxy.freeze();
            CompletableFuture<SQLException> failure = failureOf(connection, "SELECT 1");
            proxy.cut();
            assertThat(failure.get(10, TimeUnit.SECONDS).getSQLState()).isEqualTo(CONNECTION_LOST);
        }
    }

    @Test
    void closeEndsConnectionsAndFreesThePortAndCannotBeRestored() throws SQLException {
        Connection connection = connect(proxy, "");
        proxy.freeze();
        proxy.close();
        proxy.close();
        assertThat(connection.isValid(1)).isFalse();
        assertThat(proxy.connections()).isZero();
        assertThatThrownBy(() -> new Socket(proxy.host(), proxy.port()).close()).isInstanceOf(ConnectException.class);
        assertThatThrownBy(proxy::restore).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void connectionEndsAtOnceWhenTheTargetIsAway() throws Exception {
        int nobody;
        try (FaultyServer gone = FaultyServer.silent()) {
            nobody = gone.port();
        }
        try (FaultyServer toNobody = FaultyServer.forwardingTo("127.0.0.1", nobody)) {
            assertThatThrownBy(() -> connect(toNobody, "")).isInstanceOf(SQLException.class);
            assertThat(toNobody.connections()).isZero();
        }
    }

    private CompletableFuture<SQLException> failureOf(Connection connection, String sql) {
        CompletableFuture<SQLException> failure = new CompletableFuture<>();
        new Thread(() -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(sql);
                        failure.completeExceptionally(new AssertionError("should fail: " + sql));
                    } catch (SQLException e) {
                        failure.complete(e);
                    }
                })
                .start();
        return failure;
    }

    private Connection connect(FaultyServer server, String parameters) throws SQLException {
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database.name() + parameters;
        return DriverManager.getConnection(url, database.user(), database.password());
    }
}
