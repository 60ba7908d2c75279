package dev.regista.sql;

import dev.regista.Isolation;
import dev.regista.spi.Mode;
import dev.regista.spi.UnitSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Gives a transaction that has begun, and sent nothing, its isolation and access mode. */
final class Transactions {
    private Transactions() {}

    static boolean needsPreparation(UnitSettings settings) {
        return settings.isolation() != null || settings.mode() == Mode.READ_ONLY;
    }

    /**
     * With {@code SET TRANSACTION} where there is one: a single round trip, and nothing on the connection for a later unit
     * to inherit. Elsewhere through JDBC, and the pool resets it.
     */
    static void prepare(Connection connection, UnitSettings settings, Product product) throws SQLException {
        if (!needsPreparation(settings)
                || PlacedConnection.isPreparedLater(connection, chosen -> prepare(chosen, settings, product))) {
            return;
        }
        if (product.hasSetTransaction()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION " + String.join(", ", characteristics(settings)));
            }
            return;
        }
        if (product == Product.SQLITE) {
            // Every transaction is serializable there, and whether a connection only reads is decided when it is
            // opened.
            return;
        }
        Isolation isolation = settings.isolation();
        if (isolation != null) {
            connection.setTransactionIsolation(level(isolation));
        }
        if (settings.mode() == Mode.READ_ONLY) {
            connection.setReadOnly(true);
        }
    }

    private static List<String> characteristics(UnitSettings settings) {
        List<String> characteristics = new ArrayList<>();
        Isolation isolation = settings.isolation();
        if (isolation != null) {
            characteristics.add("ISOLATION LEVEL " + isolation.name().replace('_', ' '));
        }
        if (settings.mode() == Mode.READ_ONLY) {
            characteristics.add("READ ONLY");
        }
        return characteristics;
    }

    private static int level(Isolation isolation) {
        return switch (isolation) {
            case READ_UNCOMMITTED -> Connection.TRANSACTION_READ_UNCOMMITTED;
            case READ_COMMITTED -> Connection.TRANSACTION_READ_COMMITTED;
            case REPEATABLE_READ -> Connection.TRANSACTION_REPEATABLE_READ;
            case SERIALIZABLE -> Connection.TRANSACTION_SERIALIZABLE;
        };
    }
}
