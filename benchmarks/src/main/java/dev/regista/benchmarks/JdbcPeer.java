package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Plain JDBC over HikariCP, written by hand: the least that can be done. */
record JdbcPeer(DataSource pool) {
    static final String SELECT = "select id, created, name, price, quantity from Item where id = ";
    private static final String INSERT =
            "insert into Item (created, name, price, quantity, id) " + "values (?, ?, ?, ?, nextval('Item_SEQ'))";

    /** In auto-commit: one round trip. */
    @Nullable
    Item read(long id) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return find(connection, id);
        }
    }

    /** In a transaction. */
    @Nullable
    Item call(long id) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Item item = find(connection, id);
            connection.commit();
            return item;
        }
    }

    private static @Nullable Item find(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + "?")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? item(row) : null;
            }
        }
    }

    static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getLong(1),
                row.getString(3),
                row.getInt(5),
                row.getBigDecimal(4),
                row.getTimestamp(2).toInstant());
    }

    /** One transaction, one batch. */
    int insert(List<Item> items) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (Item item : items) {
                    statement.setTimestamp(1, Timestamp.from(item.created()));
                    statement.setString(2, item.name());
                    statement.setBigDecimal(3, item.price());
                    statement.setInt(4, item.quantity());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            connection.commit();
        }
        return items.size();
    }
}
