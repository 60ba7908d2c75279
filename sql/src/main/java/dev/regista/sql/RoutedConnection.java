package dev.regista.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A connection that puts the schemas of one route into every statement. It changes nothing about the connection behind it,
 * so there is nothing to reset when it goes back to the pool, and nothing that could be left behind.
 */
final class RoutedConnection implements InvocationHandler {
    private static final Set<String> CHANGING_METHODS =
            Set.of("setSchema", "setCatalog", "setClientInfo", "setTypeMap", "setHoldability");

    private final Object target;
    private final UnaryOperator<String> schemas;
    private boolean isChanged;

    private RoutedConnection(Object target, UnaryOperator<String> schemas) {
        this.target = target;
        this.schemas = schemas;
    }

    /**
     * Puts schemas into what is sent on a connection.
     *
     * @param schemas what makes a statement of one with placeholders; throws what must not be sent
     */
    static Connection over(Connection connection, UnaryOperator<String> schemas) {
        return (Connection) Proxy.newProxyInstance(
                RoutedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new RoutedConnection(connection, schemas));
    }

    /** Returns the connection behind one that was made here; any other as it is. */
    static Connection behind(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                        && Proxy.getInvocationHandler(connection) instanceof RoutedConnection routed
                ? (Connection) routed.target
                : connection;
    }

    /** Returns whether the work has changed something about a connection that was made here. */
    static boolean isChanged(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                && Proxy.getInvocationHandler(connection) instanceof RoutedConnection routed
                && routed.isChanged;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
        if (method.getName().equals("equals") && args != null) {
            return proxy == args[0];
        }
        if (CHANGING_METHODS.contains(method.getName())) {
            isChanged = true;
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
        isChanged |= SessionState.isChangedBy(sql);
        filled[0] = schemas.apply(sql);
        return filled;
    }

    private Statement overStatement(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                RoutedConnection.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                new RoutedConnection(statement, sql -> {
                    isChanged |= SessionState.isChangedBy(sql);
                    return schemas.apply(sql);
                }));
    }

    private @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
