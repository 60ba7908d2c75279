package dev.regista.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Statement;
import java.util.Objects;
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

    /** What a statement or meta data was made by, so that neither leads around it. */
    private final @Nullable Connection maker;

    private boolean isChanged;

    private RoutedConnection(Object target, UnaryOperator<String> schemas, @Nullable Connection maker) {
        this.target = target;
        this.schemas = schemas;
        this.maker = maker;
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
                new RoutedConnection(connection, schemas, null));
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
        if (maker != null && method.getName().equals("getConnection")) {
            return maker;
        }
        Object result = call(method, filled(args));
        return switch (method.getName()) {
            case "createStatement" -> over(Objects.requireNonNull(result), Statement.class, (Connection) proxy);
            case "getMetaData" -> over(Objects.requireNonNull(result), DatabaseMetaData.class, (Connection) proxy);
            default -> result;
        };
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

    private Object over(Object made, Class<?> type, Connection proxy) {
        UnaryOperator<String> watched = sql -> {
            isChanged |= SessionState.isChangedBy(sql);
            return schemas.apply(sql);
        };
        return Proxy.newProxyInstance(
                RoutedConnection.class.getClassLoader(),
                new Class<?>[] {type},
                new RoutedConnection(made, type == Statement.class ? watched : UnaryOperator.identity(), proxy));
    }

    private @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
