package dev.regista.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An empty database on a {@link TestServer}, made by {@link TestServer#newDatabase()}. Its user may do everything on
 * that server. Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SqlServer server;
    private final String name;
    private final AtomicBoolean dropped = new AtomicBoolean();

    TestDatabase(SqlServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /**
     * The name of the database on its server: lower-case letters, digits and underscores. A test that creates more
     * databases starts their names with this one and an underscore; they are then dropped with it.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The JDBC URL, without credentials.
     *
     * @return a URL for {@link java.sql.DriverManager}
     */
    public String url() {
        return server.address().url(name);
    }

    /**
     * The user to connect as.
     *
     * @return the user name
     */
    public String user() {
        return server.address().user();
    }

    /**
     * The user's password. Servers that this library starts do check it.
     *
     * @return the password, not empty unless the server was given without one
     */
    public String password() {
        return server.address().password();
    }

    /**
     * Opens a connection, which the caller closes.
     *
     * @return a new connection
     * @throws SQLException if the driver cannot connect, for example because the database was dropped
     */
    public Connection connect() throws SQLException {
        return server.address().connect(name);
    }

    /**
     * Drops the database at once, whoever still uses it: the server ends its connections. Does nothing when the
     * database was dropped before through this object.
     *
     * @throws IllegalStateException if the server refuses
     */
    public void drop() {
        if (dropped.compareAndSet(false, true)) {
            server.drop(name);
        }
    }

    /**
     * Waits up to five seconds until nobody is connected, then drops the database. Does nothing after {@link #drop()}.
     *
     * @throws AssertionError if connections were still open; it lists them, and the database is dropped all the same
     * @throws IllegalStateException if the server refuses
     */
    @Override
    public void close() {
        close(PATIENCE);
    }

    void close(Duration patience) {
        if (dropped.get()) {
            return;
        }
        // Who comes after there was nobody, such as a login that had been given up, is not left open by the test.
        boolean nobody = Await.until(patience, () -> server.connectionsTo(name).isEmpty());
        List<ServerConnection> left = nobody ? List.of() : server.connectionsTo(name);
        drop();
        if (!left.isEmpty()) {
            throw new AssertionError("Connections left open to " + this + ":" + ServerConnection.list(left));
        }
    }

    SqlServer server() {
        return server;
    }

    /** {@return the URL; never the password} */
    @Override
    public String toString() {
        return url();
    }
}
