package dev.regista.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose transaction is the part of another one's since a savepoint: commit gives the savepoint up, rollback
 * goes back to it.
 */
final class SavepointConnection implements InvocationHandler {
    private final Connection connection;
    private final Savepoint savepoint;

    private SavepointConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.savepoint = connection.setSavepoint();
    }

    static Connection over(Connection connection) throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                SavepointConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new SavepointConnection(connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
        return switch (method.getName()) {
            case "close", "setAutoCommit", "setReadOnly", "setTransactionIsolation" -> null;
            case "equals" -> args != null && proxy == args[0];
            case "commit" -> giveUp();
            case "rollback" -> args == null || args.length == 0 ? goBack() : call(method, args);
            default -> call(method, args);
        };
    }

    private @Nullable Object giveUp() throws SQLException {
        try {
            connection.releaseSavepoint(savepoint);
        } catch (SQLFeatureNotSupportedException e) {
            // Such a database keeps savepoints until the transaction ends; that is harmless.
            return null;
        }
        return null;
    }

    private @Nullable Object goBack() throws SQLException {
        connection.rollback(savepoint);
        return null;
    }

    private @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(connection, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
