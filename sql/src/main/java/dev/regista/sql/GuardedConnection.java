package dev.regista.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection for the work of a unit: it cannot decide the outcome or give the connection back, and its statements keep
 * the unit's time limit.
 */
final class GuardedConnection implements InvocationHandler {
    private final Connection connection;
    private final WriteWatch writes;
    private final boolean limited;
    private final long deadline;

    private GuardedConnection(Connection connection, @Nullable Duration timeout, WriteWatch writes) {
        this.connection = connection;
        this.writes = writes;
        this.limited = timeout != null;
        this.deadline = System.nanoTime() + (timeout == null ? 0 : timeout.toNanos());
    }

    static Connection over(Connection connection, @Nullable Duration timeout, WriteWatch writes) {
        return (Connection) Proxy.newProxyInstance(
                GuardedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new GuardedConnection(connection, timeout, writes));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
        return switch (method.getName()) {
            case "close" -> null;
            case "equals" -> args != null && proxy == args[0];
            case "commit", "setAutoCommit", "abort" -> throw refused(method);
            case "rollback" -> {
                if (args == null || args.length == 0) {
                    throw refused(method);
                }
                yield call(method, args);
            }
            case "createStatement" -> {
                writes.suspect();
                yield watched(limited((Statement) call(method, args)), Statement.class, (Connection) proxy);
            }
            case "setSchema", "setCatalog", "setClientInfo", "setTypeMap", "setHoldability" -> {
                writes.noteConnectionChanged();
                yield call(method, args);
            }
            case "prepareStatement", "prepareCall" -> {
                writes.note(String.valueOf(args == null ? "" : args[0]));
                yield watched(limited((Statement) call(method, args)), method.getReturnType(), (Connection) proxy);
            }
            case "getMetaData" -> watched(call(method, args), DatabaseMetaData.class, (Connection) proxy);
            default -> call(method, args);
        };
    }

    private static IllegalStateException refused(Method method) {
        return new IllegalStateException("The outcome belongs to the unit of work: " + method.getName()
                + "() is not for its connection. Return to commit, throw to roll back");
    }

    private @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(connection, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Returns something whose texts are looked at, and that gives no way around this connection. */
    private @Nullable Object watched(@Nullable Object target, Class<?> type, Connection guarded) {
        return target == null
                ? null
                : Proxy.newProxyInstance(
                        GuardedConnection.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                            if (method.getName().equals("getConnection")) {
                                return guarded;
                            }
                            if (args != null && args.length > 0 && args[0] instanceof String sql) {
                                writes.note(sql);
                            }
                            try {
                                return method.invoke(target, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private @Nullable Statement limited(@Nullable Statement statement) throws Throwable {
        if (limited && statement != null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                statement.close();
                throw new SQLTimeoutException("the time limit of the unit of work is over");
            }
            statement.setQueryTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left + 999_999_999)));
        }
        return statement;
    }
}
