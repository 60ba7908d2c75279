package dev.regista.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one connection through which a server is asked. It stays open, because the server would still see a freshly closed
 * one while connections are counted. Every method opens it again if the server has ended it.
 */
final class AdminConnection implements AutoCloseable {

    private final ServerAddress address;

    /** Guarded by this; a JDBC connection is for one thread at a time. */
    private @Nullable Connection connection;

    AdminConnection(ServerAddress address) {
        this.address = address;
    }

    @FunctionalInterface
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    synchronized void execute(String... statements) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    synchronized <T> List<T> query(String sql, RowMapper<T> mapper) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(mapper.map(rows));
            }
            return result;
        }
    }

    String queryString(String sql) throws SQLException {
        return query(sql, row -> String.valueOf(row.getString(1))).get(0);
    }

    private Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null || current.isClosed()) {
            current = address.connect(address.adminDatabase());
            connection = current;
        }
        return current;
    }

    @Override
    public synchronized void close() throws SQLException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
