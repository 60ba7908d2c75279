package dev.regista.testing;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A server reached through JDBC, whoever started it. */
final class SqlServer implements TestServer {

    /** Names of this JVM's databases start with it, so that JVMs can share a server. */
    static final String PREFIX = "test_" + UUID.randomUUID().toString().substring(0, 8) + "_";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final ServerKind kind;
    private final ServerAddress address;
    private final AdminConnection admin;
    private final boolean shared;

    /** A shared server is one that others may use at the same time. */
    SqlServer(ServerKind kind, ServerAddress address, boolean shared) {
        this.kind = kind;
        this.address = address;
        this.admin = new AdminConnection(address);
        this.shared = shared;
    }

    @Override
    public String name() {
        return kind.name();
    }

    ServerAddress address() {
        return address;
    }

    @Override
    public TestDatabase newDatabase() {
        String name = PREFIX + COUNTER.incrementAndGet();
        return ask("create database " + name, () -> {
            kind.create(admin, name);
            return new TestDatabase(this, name);
        });
    }

    void drop(String database) {
        ask("drop database " + database, () -> {
            for (String each : kind.databases(admin)) {
                if (isOf(database, each)) {
                    kind.drop(admin, each);
                }
            }
            return database;
        });
    }

    @Override
    public int openConnections() {
        return connections().size();
    }

    @Override
    public List<String> describeConnections() {
        return connections().stream().map(ServerConnection::description).toList();
    }

    List<ServerConnection> connections() {
        return ask("list connections", () -> kind.connections(admin)).stream()
                .filter(connection -> !shared || connection.database().startsWith(PREFIX))
                .toList();
    }

    List<ServerConnection> connectionsTo(String database) {
        return connections().stream()
                .filter(connection -> isOf(database, connection.database()))
                .toList();
    }

    private static boolean isOf(String database, String other) {
        return other.equals(database) || other.startsWith(database + "_");
    }

    @Override
    public StatementLog recordStatements(TestDatabase database) {
        if (database.server() != this) {
            throw new IllegalArgumentException(database + " is not a database of " + this);
        }
        return ask("record statements of " + database.name(), () -> kind.record(admin, database.name()));
    }

    /** Fails unless the server answers. */
    void check() throws SQLException {
        kind.databases(admin);
    }

    /** Leaves nothing of this JVM behind on the server. */
    void dropAll() {
        ask("drop the databases of this JVM", () -> {
            for (String each : kind.databases(admin)) {
                if (each.startsWith(PREFIX)) {
                    kind.drop(admin, each);
                }
            }
            admin.close();
            return PREFIX;
        });
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private <T> T ask(String what, Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw new IllegalStateException(this + " cannot " + what + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return name() + " test server (" + address + ")";
    }
}
