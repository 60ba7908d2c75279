package dev.regista.testing;

import java.util.List;

/**
 * The statements that a server received for one database, as the server itself logged them: the driver cannot hide
 * anything. Made by {@link TestServer#recordStatements(TestDatabase)}.
 *
 * <p>There is one entry per statement the server executed, in order, with the text it received: {@code BEGIN},
 * {@code COMMIT} and the driver's own {@code SET} included, parameters as placeholders on PostgreSQL. Several statements
 * sent in one simple query are one entry. A further batch of rows from a cursor appears as the statement with
 * {@code /* fetch *}{@code /} before it. Commands without SQL (a ping, a prepare) are not listed, nor are statements that
 * PostgreSQL could not parse.
 *
 * <p>Implementations are thread-safe.
 */
public interface StatementLog extends AutoCloseable {

    /**
     * Returns what the server received since the recording started or was cleared. Waits until the log holds all that
     * was answered before this call.
     *
     * @return an unmodifiable copy
     * @throws IllegalStateException if the recording is closed, or the log cannot be read or does not catch up
     */
    List<String> statements();

    /**
     * Forgets everything up to now.
     *
     * @throws IllegalStateException as {@link #statements()}
     */
    void clear();

    /** Stops recording. Later calls do nothing. */
    @Override
    void close();
}
