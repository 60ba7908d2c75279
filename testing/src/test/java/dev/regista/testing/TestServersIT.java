package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("kinds")
record TestServersIT(String name, Supplier<TestServer> servers) {

    static Stream<Object[]> kinds() {
        return Stream.of(
                new Object[] {"PostgreSQL", (Supplier<TestServer>) TestServers::postgres},
                new Object[] {"MariaDB", (Supplier<TestServer>) TestServers::mariadb});
    }

    @Test
    void threadsThatAskAtOnceGetTheSameServer() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Supplier<TestServer> ask = () -> {
            try {
                together.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return servers.get();
        };
        CompletableFuture<TestServer> one = CompletableFuture.supplyAsync(ask, task -> new Thread(task).start());
        CompletableFuture<TestServer> other = CompletableFuture.supplyAsync(ask, task -> new Thread(task).start());
        assertThat(one.get(3, TimeUnit.MINUTES))
                .isSameAs(other.get(3, TimeUnit.MINUTES))
                .isSameAs(servers.get());
        assertThat(servers.get().name()).isEqualTo(name);
    }

    @Test
    void databasesAreEmptyAndApart() throws SQLException {
        try (TestDatabase one = servers.get().newDatabase();
                TestDatabase other = servers.get().newDatabase()) {
            assertThat(one.name()).isNotEqualTo(other.name());
            execute(one, "CREATE TABLE thing (id INT)");
            execute(other, "CREATE TABLE thing (id INT)");
        }
    }

    @Test
    void databaseChecksThePassword() throws SQLException {
        try (TestDatabase database = servers.get().newDatabase()) {
            assertThat(database.url()).doesNotContain(database.password());
            assertThat(database.toString()).doesNotContain(database.password());
            DriverManager.getConnection(database.url(), database.user(), database.password())
                    .close();
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.user(), "wrong"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void connectionsAreCountedAndDescribedWhileOpen() throws SQLException {
        TestServer server = servers.get();
        try (TestDatabase database = server.newDatabase()) {
            int before = server.openConnections();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 4711");
                assertThat(descriptionsOf(database)).singleElement().asString().contains(database.user());
                assertThat(server.openConnections()).isBetween(1, before + 1);
            }
            assertThat(Await.until(
                            Duration.ofSeconds(5),
                            () -> descriptionsOf(database).isEmpty() && server.openConnections() <= before))
                    .isTrue();
        }
    }

    private List<String> descriptionsOf(TestDatabase database) {
        return servers.get().describeConnections().stream()
                .filter(each -> each.contains("database " + database.name() + ","))
                .toList();
    }

    @Test
    void closeNamesConnectionsThatAreStillOpenAndDropsAllTheSame() throws SQLException {
        TestDatabase database = servers.get().newDatabase();
        try (Connection left = database.connect()) {
            assertThatThrownBy(() -> database.close(Duration.ofMillis(500)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(database.name())
                    .hasMessageContaining("user regista");
            assertThat(left.isValid(1)).isFalse();
        }
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
        database.close();
    }

    @Test
    void dropEndsConnectionsAndTakesDerivedDatabasesAlong() throws SQLException {
        TestDatabase database = servers.get().newDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database.name() + "_tenant");
            database.drop();
            assertThat(connection.isValid(1)).isFalse();
        }
        assertThat(databases()).noneMatch(each -> each.startsWith(database.name()));
    }

    @Test
    void recordsWhatTheServerReceivesAlsoOnConnectionsOpenedBefore() throws SQLException {
        TestServer server = servers.get();
        try (TestDatabase database = server.newDatabase();
                TestDatabase other = server.newDatabase();
                Connection connection = database.connect()) {
            String insert = "insert into thing values ('ä\n\"quoted\"')";
            execute(database, "create table thing (name varchar(20))");
            try (StatementLog log = server.recordStatements(database)) {
                connection.setAutoCommit(false);
                execute(connection, insert);
                connection.commit();
                execute(other, "select 2");
                assertThat(log.statements()).endsWith(insert, "COMMIT");
                assertThat(log.statements()).hasSize(3).doesNotContain("select 2");
                log.clear();
                assertThat(log.statements()).isEmpty();
                execute(database, "select 3");
                assertThat(log.statements()).contains("select 3");
            }
            assertThat(isLogging(connection)).isFalse();
        }
    }

    @Test
    void recordsSeveralDatabasesAtOnce() throws SQLException {
        TestServer server = servers.get();
        try (TestDatabase one = server.newDatabase();
                TestDatabase other = server.newDatabase();
                StatementLog first = server.recordStatements(one)) {
            try (StatementLog second = server.recordStatements(other)) {
                execute(one, "select 1");
                execute(other, "select 2");
                assertThat(second.statements()).contains("select 2").doesNotContain("select 1");
            }
            execute(one, "select 3");
            assertThat(first.statements()).contains("select 1", "select 3").doesNotContain("select 2");
        }
    }

    @Test
    void recordingRefusesForeignDatabasesAndEndsWithClose() {
        TestServer server = servers.get();
        TestServer foreign = name.equals("MariaDB") ? TestServers.postgres() : TestServers.mariadb();
        try (TestDatabase database = server.newDatabase();
                TestDatabase elsewhere = foreign.newDatabase()) {
            assertThatThrownBy(() -> server.recordStatements(elsewhere)).isInstanceOf(IllegalArgumentException.class);
            StatementLog log = server.recordStatements(database);
            log.close();
            log.close();
            assertThatThrownBy(log::statements).isInstanceOf(IllegalStateException.class);
        }
    }

    private boolean isLogging(Connection connection) throws SQLException {
        String question = name.equals("MariaDB") ? "SELECT @@general_log" : "SHOW log_statement";
        List<String> off = List.of("0", "none");
        // Sessions learn of it by a signal.
        return !Await.until(Duration.ofSeconds(5), () -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(question)) {
                return rows.next() && off.contains(rows.getString(1));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<String> databases() throws SQLException {
        SqlServer server = (SqlServer) servers.get();
        ServerKind kind = name.equals("MariaDB") ? new MariaDbKind() : new PostgresKind(server.address());
        try (AdminConnection admin = new AdminConnection(server.address())) {
            return kind.databases(admin);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
