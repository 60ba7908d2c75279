package dev.regista.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Where units of work take their connections from, and give them back to. */
interface ConnectionSource {
    /** Takes a connection, in auto-commit. */
    Connection getConnection() throws SQLException;

    /** Gives a connection back. */
    void closeConnection(Connection connection) throws SQLException;

    /** Makes a connection that is held be closed once it is given back, in place of being handed to the next. */
    void discard(Connection connection);
}
