package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Connection;
import dev.regista.Registry;
import dev.regista.config.Regista;
import dev.regista.object.ObjectDatabase;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of the README: an embedded main database, an extra one on PostgreSQL, and one that is an object. */
@ExtendWith(LeakChecker.class)
class ReadmeIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();

    @AfterEach
    void drop() {
        postgres.close();
    }

    @Test
    void oneRegistryForThreeDatabases() {
        String analyticsUrl =
                postgres.url() + "?user=" + encoded(postgres.user()) + "&password=" + encoded(postgres.password());
        // tag::registry[]
        try (Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop").models(Customer.class).createTables(true))
                .extra(
                        "analytics",
                        SqlDatabase.at(analyticsUrl).models(Event.class).createTables(true))
                .extra("prices", ObjectDatabase.of(new Prices()))
                .open()) {

            SqlDatabase main = registry.main(SqlDatabase.class);
            SqlDatabase analytics = registry.database("analytics", SqlDatabase.class);

            // Commits, or rolls back and throws what the work threw.
            main.run(session -> session.persist(new Customer("Ada")));

            // Reads without a transaction: no round trips for BEGIN and COMMIT.
            Customer ada = main.read(session -> session.find(Customer.class, 1L));

            // Another database is a unit of its own.
            analytics.run(session -> session.persist(new Event(ada.name + " signed up")));

            // Any client of yours, opened and closed with the others.
            registry.database("prices").as(Prices.class).run(prices -> prices.put("tea", 3));

            // The explicit form: without commit(), close() rolls back.
            try (Connection<Session> connection = main.get()) {
                connection.session().persist(new Customer("Grace"));
                connection.commit();
            }
            // end::registry[]
            assertThat(ada.name).isEqualTo("Ada");
            assertThat(main.read(ReadmeIT::names)).containsExactly("Ada", "Grace");
            assertThat(analytics.read(session -> session.find(Event.class, 1L)).what)
                    .isEqualTo("Ada signed up");
            int tea = registry.database("prices").as(Prices.class).call(prices -> prices.get("tea"));
            assertThat(tea).isEqualTo(3);
            units(main);
            // tag::registry[]
        }
        // end::registry[]
    }

    private static void units(SqlDatabase main) {
        // tag::units[]
        // On a savepoint of the surrounding unit: may fail on its own.
        main.nested().run(session -> session.persist(new Customer("Barbara")));
        // On a connection of its own, whatever surrounds it.
        main.requiresNew().run(session -> session.persist(new Customer("Frances")));
        // Several statements that see one instant, in a read-only transaction.
        long count = main.snapshot(session -> session.createSelectionQuery("select count(*) from Customer", Long.class)
                .getSingleResult());
        // Run again, up to three times, after a deadlock or a serialization failure.
        main.retrying(3).run(session -> session.find(Customer.class, 1L).visit());
        // end::units[]
        assertThat(count).isEqualTo(4);
        assertThat(main.read(session -> session.find(Customer.class, 1L)).visits)
                .isEqualTo(1);
    }

    @Test
    void theSameFromYaml() {
        System.setProperty("ANALYTICS_URL", postgres.url());
        System.setProperty("ANALYTICS_USER", postgres.user());
        System.setProperty("ANALYTICS_PASSWORD", postgres.password());
        try {
            // tag::yaml[]
            Registry registry = Regista.loadResource("regista.yaml").open();
            // end::yaml[]
            SqlDatabase analytics = registry.databaseOf(Event.class, SqlDatabase.class);
            analytics.run(session -> session.persist(new Event("from YAML")));
            assertThat(analytics.toString()).contains("analytics", "jdbc:postgresql:");
            registry.close();
        } finally {
            System.clearProperty("ANALYTICS_URL");
            System.clearProperty("ANALYTICS_USER");
            System.clearProperty("ANALYTICS_PASSWORD");
        }
    }

    private static List<String> names(Session session) {
        return session.createSelectionQuery("select name from Customer order by id", String.class)
                .getResultList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
