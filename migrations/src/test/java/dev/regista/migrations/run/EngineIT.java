package dev.regista.migrations.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class EngineIT {
    /** A runner asks before it has the lock, and again when it has: another one may have been there in between. */
    @Test
    void aHistoryThatAnotherRunnerHasCreatedIsSeenInATransactionThatHasAskedBefore() throws SQLException {
        try (TestDatabase database = TestServers.postgres().newDatabase();
                Connection first = database.connect();
                Connection second = database.connect()) {
            first.setAutoCommit(false);
            assertThat(fingerprint(first)).isZero();

            History.execute(second, Engine.POSTGRESQL.createHistory("public"));

            assertThat(fingerprint(first)).isNotZero();
        }
    }

    private static int fingerprint(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Engine.POSTGRESQL.fingerprintQuery("public", false))) {
            row.next();
            return row.getInt(1);
        }
    }
}
