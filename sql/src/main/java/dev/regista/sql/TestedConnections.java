package dev.regista.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Tests each connection before it is handed out, and replaces those that do not answer. */
final class TestedConnections extends SimpleDataSource {
    private final LazyHikari pool;
    private final int limit;

    TestedConnections(LazyHikari pool, int limit) {
        this.pool = pool;
        this.limit = limit;
    }

    /** When a server has been restarted, every connection of the pool may be broken, and none beyond those. */
    @Override
    public Connection getConnection() throws SQLException {
        int seconds = (int) Math.max(1, pool.validationMillis() / 1000);
        for (int broken = 0; broken <= limit; broken++) {
            Connection connection = pool.getConnection();
            if (connection.isValid(seconds)) {
                return connection;
            }
            pool.evict(connection);
        }
        throw new SQLTransientConnectionException("none of the pool's connections answers");
    }
}
