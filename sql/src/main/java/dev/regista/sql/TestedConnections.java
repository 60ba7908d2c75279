package dev.regista.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;

/** Tests each connection before it is handed out, and replaces those that do not answer. */
final class TestedConnections extends SimpleDataSource {
    private final LazyHikari pool;
    private final DataSource connections;
    private final int limit;

    /** @param connections those of the pool, as they are taken from it */
    TestedConnections(LazyHikari pool, DataSource connections, int limit) {
        this.pool = pool;
        this.connections = connections;
        this.limit = limit;
    }

    /** When a server has been restarted, every connection of the pool may be broken, and none beyond those. */
    @Override
    public Connection getConnection() throws SQLException {
        int seconds = (int) Math.max(1, pool.validationMillis() / 1000);
        for (int broken = 0; broken <= limit; broken++) {
            Connection connection = connections.getConnection();
            if (connection.isValid(seconds)) {
                return connection;
            }
            pool.evict(connection);
        }
        throw new SQLTransientConnectionException("none of the pool's connections answers");
    }
}
