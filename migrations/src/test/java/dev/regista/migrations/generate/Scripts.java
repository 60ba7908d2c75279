package dev.regista.migrations.generate;

import dev.regista.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs statements as a runner of migrations does. */
final class Scripts {
    private Scripts() {}

    /** In one transaction. */
    static void execute(SqlDatabase database, List<String> statements) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException("In " + statements + ": " + sql + ": " + e.getMessage(), e);
                }
            }
            connection.commit();
        }
    }

    static void execute(SqlDatabase database, String... statements) throws SQLException {
        execute(database, List.of(statements));
    }

    /** Each on its own. */
    static void executeAlone(SqlDatabase database, List<String> statements) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static List<String> query(SqlDatabase database, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
