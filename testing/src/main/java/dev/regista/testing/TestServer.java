package dev.regista.testing;

import java.util.List;

/**
 * A real database server for tests. It comes from {@link TestServers}, which starts it once per JVM and stops it when
 * the JVM exits; a test never closes it.
 *
 * <p>Implementations are thread-safe. Every method throws {@link IllegalStateException}, naming the server and the
 * cause, when the server cannot be asked.
 */
public interface TestServer {

    /**
     * The product, as it is called in messages.
     *
     * @return for example {@code PostgreSQL}
     */
    String name();

    /**
     * Creates an empty database with a name that no other test of this or another JVM uses. Whoever asked closes it;
     * what is still there when the JVM exits goes with the server, or is dropped from a server that was given.
     *
     * @return the new database
     */
    TestDatabase newDatabase();

    /**
     * Counts the client connections that the server sees now, without the server's own threads and without the
     * connection that this server object asks through. A connection that the client has just closed may be seen for
     * some milliseconds more. On a server that was given, which other JVMs may use too, only connections to databases
     * of this JVM count.
     *
     * @return the number of connections, never negative
     */
    int openConnections();

    /**
     * Describes each connection that {@link #openConnections()} counts, for diagnostics.
     *
     * @return one line per connection, oldest first: its database, user, state and last statement (MariaDB knows only a
     *     running one)
     */
    List<String> describeConnections();

    /**
     * Starts to record the statements that the server receives for a database, on connections opened from now on;
     * whether on those that are open already is up to the server. Recording slows down the whole server and is off unless asked for.
     *
     * @param database a database of this server
     * @return the recording, which whoever asked closes
     * @throws IllegalArgumentException if the database belongs to another server
     * @throws UnsupportedOperationException if the server was given and does not write the log that is needed; the
     *     message names the missing settings
     */
    StatementLog recordStatements(TestDatabase database);
}
