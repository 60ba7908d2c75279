package dev.regista.migrations.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** A connection for a migration in Java: the outcome and the connection belong to the runner. */
final class MigrationConnection {
    private MigrationConnection() {}

    static Connection over(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                MigrationConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) -> {
                    boolean isRollback = method.getName().equals("rollback") && (args == null || args.length == 0);
                    switch (isRollback ? "abort" : method.getName()) {
                        case "commit", "setAutoCommit", "abort", "close" ->
                            throw new IllegalStateException(
                                    "The transaction belongs to the migration: " + method.getName()
                                            + "() is not for its connection. Return to commit, throw to roll back");
                        case "equals" -> {
                            return args != null && proxy == args[0];
                        }
                        default -> {
                            try {
                                return method.invoke(connection, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }
                    }
                });
    }
}
