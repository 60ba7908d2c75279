package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Plain JDBC over HikariCP, written by hand: the least that can be done. */
record JdbcPeer(DataSource pool) {
    static final String SELECT = "select id, created, name, price, quantity from Item where id = ";
    private static final String INSERT = "insert into Item (created, name, price, quantity, id) values (?, ?, ?, ?, ?)";
    private static final String RESERVE = "select nextval('Item_SEQ') from generate_series(1, ?)";

    /** What the sequence counts by, as Hibernate creates it. */
    private static final int BLOCK = 50;

    private static final int BATCH = 1_000;

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

    /** One transaction: the ids by one query, as the sequence gives them in blocks, and batches of a thousand. */
    int insert(List<Item> items) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            List<Long> ids = ids(connection, items.size());
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (int i = 0; i < items.size(); i++) {
                    Item item = items.get(i);
                    statement.setTimestamp(1, Timestamp.from(item.created()));
                    statement.setString(2, item.name());
                    statement.setBigDecimal(3, item.price());
                    statement.setInt(4, item.quantity());
                    statement.setLong(5, ids.get(i));
                    statement.addBatch();
                    if ((i + 1) % BATCH == 0) {
                        statement.executeBatch();
                    }
                }
                statement.executeBatch();
            }
            connection.commit();
        }
        return items.size();
    }

    private static List<Long> ids(Connection connection, int count) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            statement.setInt(1, count / BLOCK + 1);
            try (ResultSet blocks = statement.executeQuery()) {
                while (blocks.next()) {
                    for (int i = 0; i < BLOCK; i++) {
                        ids.add(blocks.getLong(1) - i);
                    }
                }
            }
        }
        return ids;
    }
}
