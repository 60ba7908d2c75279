package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import dev.regista.object.ObjectDatabase;
import dev.regista.sql.PoolSettings;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to databases, on the embedded kinds. */
@ExtendWith(LeakChecker.class)
class DatabasesTest {
    @TempDir
    Path directory;

    @Test
    void urls() {
        // tag::urls[]
        SqlDatabase jdbc = SqlDatabase.at("jdbc:postgresql://db:5432/shop").build("jdbc");
        SqlDatabase general =
                SqlDatabase.at("postgresql://ada:p%40ss@db:5432/shop?ssl=true").build("general");
        SqlDatabase parts = SqlDatabase.at(DatabaseUrl.builder("postgresql")
                        .user("ada")
                        .password(Secret.of("p@ss"))
                        .host("db")
                        .path("shop")
                        .build())
                .build("parts");
        // end::urls[]
        assertThat(jdbc.url()).isEqualTo("jdbc:postgresql://db:5432/shop");
        assertThat(general.url()).isEqualTo("jdbc:postgresql://db:5432/shop");
        assertThat(parts.url()).isEqualTo("jdbc:postgresql://db/shop");
        assertThat(general.toString() + parts).doesNotContain("p@ss", "p%40ss");
    }

    @Test
    void pool() {
        // tag::pool[]
        SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:shop")
                .pool(PoolSettings.ofSize(20)
                        .withOverflow(5)
                        .withWaitLimit(Duration.ofSeconds(2))
                        .withPrePing(true))
                .build("shop");
        database.connect();
        int limit = database.pool().limit();
        database.disconnect();
        // end::pool[]
        assertThat(limit).isEqualTo(25);
    }

    @Test
    void sqlite() {
        Path file = directory.resolve("shop.db");
        // tag::sqlite[]
        try (SqlDatabase database = SqlDatabase.at("jdbc:sqlite:" + file)
                .models(Customer.class)
                .createTables(true)
                .build("shop")) {
            database.connect();
            database.run(session -> session.persist(new Customer("Ada")));
        }
        // end::sqlite[]
        assertThat(file).exists();
    }

    @Test
    void tables() {
        SqlDatabase database =
                SqlDatabase.at("jdbc:h2:mem:tables").models(Customer.class).build("tables");
        database.connect();
        // tag::tables[]
        database.createAll();
        database.run(session -> session.persist(new Customer("Ada")));
        database.createAll(); // nothing is missing: does nothing
        database.dropAll();
        // end::tables[]
        database.disconnect();
    }

    @Test
    void queriesAndProperties() throws SQLException {
        // tag::properties[]
        SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:shop")
                .models(Customer.class)
                .createTables(true)
                .logQueries(true)
                .batchSize(100)
                .driverProperty("LOCK_TIMEOUT", "2000")
                .hibernateProperty("hibernate.default_batch_fetch_size", 16)
                .build("shop");
        // end::properties[]
        database.connect();
        assertThat(database.sessionFactory().getProperties())
                .containsEntry("hibernate.default_batch_fetch_size", 16)
                .containsEntry("hibernate.jdbc.batch_size", 100);
        int lockTimeout = database.jdbc().read(DatabasesTest::lockTimeout);
        assertThat(lockTimeout).isEqualTo(2000);
        database.disconnect();
    }

    private static int lockTimeout(java.sql.Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select lock_timeout()")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void object() {
        // tag::object[]
        ObjectDatabase<Prices, Prices> prices = ObjectDatabase.opening(Prices.class, Prices::new)
                .close(Prices::close)
                .build("prices");
        prices.connect();
        prices.run(each -> each.put("tea", 3));
        int tea = prices.call(each -> each.get("tea"));
        // end::object[]
        Prices opened = prices.object();
        prices.disconnect();
        assertThat(tea).isEqualTo(3);
        assertThat(opened.isClosed()).isTrue();
    }
}
