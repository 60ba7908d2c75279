package dev.regista.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection that puts the schemas of one route into every statement. It changes nothing about the connection behind it,
 * so there is nothing to reset when it goes back to the pool, and nothing that could be left behind.
 */
final class RoutedConnection implements InvocationHandler {
    private final Object target;
    private final Placeholders placeholders;
    private final Route route;

    private RoutedConnection(Object target, Placeholders placeholders, Route route) {
        this.target = target;
        this.placeholders = placeholders;
        this.route = route;
    }

    static Connection over(Connection connection, Placeholders placeholders, Route route) {
        return (Connection) Proxy.newProxyInstance(
                RoutedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new RoutedConnection(connection, placeholders, route));
    }

    /** Returns the connection behind one that was made here; any other as it is. */
    static Connection behind(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                        && Proxy.getInvocationHandler(connection) instanceof RoutedConnection routed
                ? (Connection) routed.target
                : connection;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
        if (method.getName().equals("equals") && args != null) {
            return proxy == args[0];
        }
        Object result = call(method, filled(args));
        return method.getName().equals("createStatement") && result != null
                ? overStatement((Statement) result)
                : result;
    }

    /** Every text that a connection or a plain statement takes first is SQL, but for few in which there is nothing to fill. */
    private Object @Nullable [] filled(Object @Nullable [] args) {
        if (args == null || args.length == 0 || !(args[0] instanceof String sql)) {
            return args;
        }
        Object[] filled = args.clone();
        filled[0] = placeholders.fill(sql, route);
        return filled;
    }

    private Statement overStatement(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                RoutedConnection.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                new RoutedConnection(statement, placeholders, route));
    }

    private @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
