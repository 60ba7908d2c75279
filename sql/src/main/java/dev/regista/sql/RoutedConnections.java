package dev.regista.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.service.UnknownUnwrapTypeException;

/**
 * Gives Hibernate connections that keep to the route of their session. A session without a route is refused by Hibernate
 * itself, and what it reads at start has no placeholder in it.
 */
final class RoutedConnections implements MultiTenantConnectionProvider<Object> {
    private static final long serialVersionUID = 1L;

    private final transient SqlBackend backend;

    /** For what Hibernate creates at start, before it is known what belongs to whom. */
    private final transient Placeholders ofNobody;

    RoutedConnections(SqlBackend backend) {
        this.backend = backend;
        this.ofNobody = new Placeholders(
                backend.name(),
                Set.of(),
                Set.of(),
                Set.of(),
                backend.product().schemaIsCatalog() ? "`" : "\"",
                backend.defaultSchema());
    }

    SqlBackend backend() {
        return backend;
    }

    @Override
    public Connection getAnyConnection() throws SQLException {
        return RoutedConnection.over(backend.pool().getConnection(), sql -> ofNobody.fill(sql, Route.SHARED));
    }

    @Override
    public void releaseAnyConnection(Connection connection) throws SQLException {
        backend.giveBack(connection);
    }

    @Override
    public Connection getConnection(Object route) throws SQLException {
        return backend.connection((Route) route);
    }

    @Override
    public void releaseConnection(Object route, Connection connection) throws SQLException {
        backend.giveBack(connection);
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new UnknownUnwrapTypeException(type);
    }
}
