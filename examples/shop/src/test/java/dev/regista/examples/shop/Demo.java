package dev.regista.examples.shop;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrServerException;
import org.awaitility.Awaitility;

/**
 * Runs the shop on H2, Solr and Neo4j, stops Solr and starts it again, and says what happens. Starts the servers itself;
 * what {@code bin/shop} runs.
 */
final class Demo {
    private final PrintStream out;

    Demo(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        System.out.println("Starting Solr and Neo4j");
        Servers servers = Servers.running();
        Path directory = Files.createTempDirectory("regista-shop-");
        try {
            new Demo(System.out).run(servers, directory);
        } finally {
            delete(directory);
        }
        // The servers go with this process.
        System.exit(0);
    }

    void run(Servers servers, Path directory) throws SolrServerException {
        say("Opening the databases of regista.yaml");
        try (Shop shop =
                new Shop(servers.configuration("jdbc:h2:file:" + directory.toAbsolutePath() + "/shop", "sa", ""))) {
            shop.registry.databases().values().forEach(database -> say("  " + database));

            say("Three orders are placed in SQL, and the followers hear of them");
            shop.orders.place("Ada", List.of("tea", "milk"));
            shop.orders.place("Grace", List.of("tea", "milk", "honey"));
            shop.orders.place("Barbara", List.of("bread", "honey"));
            awaitDelivery(shop, shop.search);
            awaitDelivery(shop, shop.boughtTogether);
            tell(shop);

            say("Solr is stopped, and two more orders are placed");
            servers.solr.kill();
            shop.orders.place("Frances", List.of("tea", "milk"));
            shop.orders.place("Jean", List.of("tea", "jam"));
            awaitDelivery(shop, shop.boughtTogether);
            say("  orders in SQL: " + shop.orders.count());
            say("  waiting for the search index: " + shop.outbox.waiting(shop.search) + ", for the graph: "
                    + shop.outbox.waiting(shop.boughtTogether));

            say("Solr is started again");
            servers.solr.start();
            awaitDelivery(shop, shop.search);
            tell(shop);
            say("Closing the couriers, then the databases");
        }
        say("Done");
    }

    private void tell(Shop shop) throws SolrServerException {
        say("  orders found with 'tea':");
        shop.search.find("tea").stream()
                .sorted(Comparator.comparing(OrderDocument::placed))
                .forEach(order -> say("    " + order.customer() + " " + order.products()));
        say("  bought with tea:");
        shop.boughtTogether
                .with("tea")
                .forEach(companion -> say("    " + companion.product() + ", orders: " + companion.orders()));
    }

    private static void awaitDelivery(Shop shop, Follower follower) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shop.outbox.waiting(follower) == 0);
    }

    private void say(String line) {
        out.println(line);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
