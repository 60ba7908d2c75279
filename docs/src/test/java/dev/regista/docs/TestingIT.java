package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.OpenFailedException;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.StatementLog;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code of the guide to testing. */
class TestingIT {
    // tag::leaks[]
    @RegisterExtension
    final LeakChecker leaks = new LeakChecker();
    // end::leaks[]

    @Test
    void aRealServer() {
        // tag::servers[]
        try (TestDatabase postgres = TestServers.postgres().newDatabase();
                SqlDatabase database = SqlDatabase.at(postgres.url())
                        .user(postgres.user())
                        .password(postgres.password())
                        .models(Customer.class)
                        .createTables(true)
                        .build("shop")) {
            leaks.watch(database, "the shop", () -> !database.isOpen());
            database.connect();
            database.run(session -> session.persist(new Customer("Ada")));
        }
        // end::servers[]
    }

    @Test
    void statements() throws SQLException {
        try (TestDatabase postgres = TestServers.postgres().newDatabase();
                SqlDatabase database = SqlDatabase.at(postgres.url())
                        .user(postgres.user())
                        .password(postgres.password())
                        .models(Customer.class)
                        .createTables(true)
                        .build("shop")) {
            database.connect();
            database.read(session -> session.find(Customer.class, 1L));
            // tag::statements[]
            try (StatementLog log = TestServers.postgres().recordStatements(postgres)) {
                database.disconnect();
                database.connect(); // PostgreSQL's log setting reaches new connections
                log.clear();

                database.jdbc().run(connection -> connection.createStatement().execute("select 1"));

                assertThat(log.statements()).contains("select 1");
            }
            // end::statements[]
        }
    }

    @Test
    void aServerThatNeverAnswers() {
        // tag::faults[]
        try (FaultyServer silent = FaultyServer.silent()) {
            SqlDatabase database = SqlDatabase.at("jdbc:postgresql://" + silent.host() + ":" + silent.port() + "/shop")
                    .connectTimeout(Duration.ofMillis(500))
                    .build("shop");

            assertThatThrownBy(database::connect).isInstanceOf(OpenFailedException.class);
        }
        // end::faults[]
    }
}
