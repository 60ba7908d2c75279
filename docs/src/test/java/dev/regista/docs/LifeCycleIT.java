package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.regista.Database;
import dev.regista.DatabaseDownException;
import dev.regista.DelegatingRegistry;
import dev.regista.Registry;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.FaultyServer;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of the guide to the life cycle. */
@ExtendWith(LeakChecker.class)
class LifeCycleIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();

    @AfterEach
    void drop() {
        postgres.close();
    }

    @Test
    void counting() {
        // tag::connect[]
        Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop").models(Customer.class).createTables(true))
                .build(); // checks the settings, no I/O
        registry.connect(); // opens
        registry.connect(); // counts
        registry.disconnect(); // counts
        registry.disconnect(); // closes
        registry.connect(); // opens again
        registry.close(); // the same as disconnect()
        // end::connect[]
        assertThat(registry.isConnected()).isFalse();
    }

    @Test
    void sharing() {
        // tag::sharing[]
        SqlDatabase shared = SqlDatabase.at("jdbc:h2:mem:shared").build("shared");
        Registry shop = Registry.builder().main(shared).open();
        Registry reports = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:reports"))
                .extra("shop", shared)
                .open();
        shop.close(); // shared stays open for the other registry
        boolean stillOpen = shared.isOpen();
        reports.close(); // the last one: shared closes
        // end::sharing[]
        assertThat(stillOpen).isTrue();
        assertThat(shared.isOpen()).isFalse();
    }

    @Test
    void hooks() {
        List<String> log = new ArrayList<>();
        // tag::hooks[]
        Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop")
                        .models(Customer.class)
                        .createTables(true)
                        .onOpen(database -> database.run(session -> session.persist(new Customer("Ada"))))
                        .onClose(database -> log.add("main closes")))
                .onOpen(opened -> log.add("all are open: " + opened.databases().keySet()))
                .onClose(closing -> log.add("all are still open"))
                .open();
        registry.close();
        // end::hooks[]
        assertThat(log).containsExactly("all are open: [main]", "all are still open", "main closes");
    }

    @Test
    void optional() {
        URI address = URI.create(postgres.url().substring("jdbc:".length()));
        try (FaultyServer network = FaultyServer.forwardingTo(address.getHost(), address.getPort())) {
            network.refuse();
            String url = "jdbc:postgresql://" + network.host() + ":" + network.port() + address.getPath();
            // tag::optional[]
            try (Registry registry = Registry.builder()
                    .main(SqlDatabase.at("jdbc:h2:mem:shop"))
                    .extra(
                            "analytics",
                            SqlDatabase.at(url)
                                    .user(postgres.user())
                                    .password(postgres.password())
                                    .models(Event.class)
                                    .createTables(true)
                                    .required(false))
                    .open()) { // succeeds although analytics cannot be reached

                SqlDatabase analytics = registry.database("analytics", SqlDatabase.class);
                try {
                    analytics.run(session -> session.persist(new Event("signed up")));
                } catch (DatabaseDownException e) {
                    // Goes on without it; it is tried again in the background.
                }
                // end::optional[]
                assertThat(analytics.status()).isEqualTo(Database.Status.DOWN);
                network.restore();
                await().atMost(Duration.ofSeconds(20)).until(analytics::isOpen);
                analytics.run(session -> session.persist(new Event("signed up")));
                // tag::optional[]
            }
            // end::optional[]
        }
    }

    @Test
    void addAndRemove() {
        try (Registry registry = Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop").models(Customer.class))
                .open()) {
            // tag::add[]
            SqlDatabase events = registry.add(
                    "events",
                    SqlDatabase.at("jdbc:h2:mem:events").models(Event.class).createTables(true));
            events.run(session -> session.persist(new Event("signed up")));

            Database<?> removed = registry.remove("events", Duration.ofSeconds(5));
            // end::add[]
            assertThat(removed).isSameAs(events);
            assertThat(events.isOpen()).isFalse();
            assertThat(registry.findDatabaseOf(Event.class)).isEmpty();
        }
    }

    @Test
    void async() {
        Registry registry =
                Registry.builder().main(SqlDatabase.at("jdbc:h2:mem:shop")).build();
        // tag::async[]
        CompletableFuture<Void> opening = registry.connectAsync();
        // ... start what does not need the databases ...
        opening.join();
        registry.disconnectAsync().join();
        // end::async[]
        assertThat(registry.isConnected()).isFalse();
    }

    // tag::custom[]
    static final class ShopRegistry extends DelegatingRegistry {
        ShopRegistry(Registry registry) {
            super(registry);
        }

        SqlDatabase shop() {
            return main(SqlDatabase.class);
        }
    }
    // end::custom[]

    @Test
    void anOwnRegistryType() {
        try (ShopRegistry registry = new ShopRegistry(Registry.builder()
                .main(SqlDatabase.at("jdbc:h2:mem:shop").models(Customer.class).createTables(true))
                .open())) {
            registry.shop().run(session -> session.persist(new Customer("Ada")));
        }
    }
}
