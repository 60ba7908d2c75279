package dev.regista.docs;

import dev.regista.migrations.run.JavaMigration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

// tag::java[]
/** What was ordered, in capitals. */
final class UpperCase implements JavaMigration {
    @Override
    public String version() {
        return "4";
    }

    @Override
    public String description() {
        return "upper case";
    }

    @Override
    public boolean ofTenants() {
        return true;
    }

    @Override
    public void up(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update orders set what = upper(what)");
        }
    }
}
// end::java[]
