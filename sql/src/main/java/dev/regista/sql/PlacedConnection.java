package dev.regista.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection for a tenant that has a database of its own. Which database it is to, that one or the shared one, is decided
 * by the first statement, so that a unit of work which only uses shared models may be in a tenant, as it may where tenants
 * are schemas.
 */
final class PlacedConnection implements InvocationHandler {
    private final SqlBackend backend;
    private final Placeholders placeholders;
    private final Route route;
    private boolean autoCommit = true;
    private @Nullable Preparation preparation;
    private @Nullable ConnectionSource source;
    private @Nullable Connection taken;
    private @Nullable Connection routed;

    /** What makes a transaction ready for its first statement. */
    interface Preparation {
        void run(Connection connection) throws SQLException;
    }

    private PlacedConnection(SqlBackend backend, Placeholders placeholders, Route route) {
        this.backend = backend;
        this.placeholders = placeholders;
        this.route = route;
    }

    static Connection of(SqlBackend backend, Placeholders placeholders, Route route) {
        return (Connection) Proxy.newProxyInstance(
                PlacedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new PlacedConnection(backend, placeholders, route));
    }

    private static @Nullable PlacedConnection behind(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                        && Proxy.getInvocationHandler(connection) instanceof PlacedConnection placed
                ? placed
                : null;
    }

    /** Prepares a transaction once the database is decided. Returns whether this is for later. */
    static boolean isPreparedLater(Connection connection, Preparation preparation) {
        PlacedConnection placed = behind(connection);
        if (placed == null || placed.routed != null) {
            return false;
        }
        placed.preparation = preparation;
        return true;
    }

    /** Gives a connection back. Returns whether it was one of these. */
    static boolean giveBack(Connection connection) throws SQLException {
        PlacedConnection placed = behind(connection);
        if (placed == null) {
            return false;
        }
        ConnectionSource from = placed.source;
        Connection given = placed.taken;
        placed.taken = null;
        Connection used = placed.routed;
        if (from != null && given != null) {
            if (used != null && RoutedConnection.isChanged(used)) {
                from.discard(given);
            }
            from.closeConnection(given);
        }
        return true;
    }

    /** Discards a connection. Returns whether it was one of these. */
    static boolean discard(Connection connection) {
        PlacedConnection placed = behind(connection);
        if (placed == null) {
            return false;
        }
        ConnectionSource from = placed.source;
        Connection discarded = placed.taken;
        if (from != null && discarded != null) {
            from.discard(discarded);
        }
        return true;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, args);
        }
        Connection connection = routed;
        if (connection == null) {
            switch (method.getName()) {
                case "setAutoCommit" -> {
                    autoCommit = args != null && (boolean) args[0];
                    return null;
                }
                case "getAutoCommit" -> {
                    return autoCommit;
                }
                case "isClosed", "isReadOnly" -> {
                    return false;
                }
                case "commit", "close", "clearWarnings", "getWarnings" -> {
                    return null;
                }
                case "rollback" -> {
                    if (args == null || args.length == 0) {
                        return null;
                    }
                }
                default -> {}
            }
            connection = choose(method.getName().startsWith("prepare")
                    && args != null
                    && args[0] instanceof String sql
                    && placeholders.isShared(sql));
        }
        try {
            return method.invoke(connection, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] args) {
        return switch (method.getName()) {
            case "equals" -> args != null && proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "connection of " + route;
        };
    }

    private Connection choose(boolean shared) throws SQLException {
        Connection chosen = shared ? takeShared() : takeOwn();
        routed = chosen;
        if (!autoCommit) {
            chosen.setAutoCommit(false);
        }
        Preparation waiting = preparation;
        if (waiting != null) {
            waiting.run(chosen);
        }
        return chosen;
    }

    private Connection takeShared() throws SQLException {
        Connection connection = backend.pool().getConnection();
        source = backend.pool();
        taken = connection;
        return RoutedConnection.over(connection, backend.schemas(placeholders, route.withTenantSchema(null)));
    }

    private Connection takeOwn() throws SQLException {
        TenantPools.Held held = backend.tenantPools().take(route);
        source = held.source();
        taken = held.connection();
        return RoutedConnection.over(
                held.connection(), backend.schemas(placeholders, route.withTenantSchema(held.schema())));
    }
}
