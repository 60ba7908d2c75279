package dev.regista.migrations.generate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain JDBC in one line. */
final class Query {
    private final Connection connection;

    Query(Connection connection) {
        this.connection = connection;
    }

    interface Row<T> {
        @Nullable
        T read(ResultSet row) throws SQLException;
    }

    interface Use {
        void row(ResultSet row) throws SQLException;
    }

    void each(String sql, Use use, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    use.row(rows);
                }
            }
        }
    }

    <T> List<T> list(String sql, Row<T> row, String... parameters) throws SQLException {
        List<T> found = new ArrayList<>();
        each(
                sql,
                rows -> {
                    T value = row.read(rows);
                    if (value != null) {
                        found.add(value);
                    }
                },
                parameters);
        return found;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
