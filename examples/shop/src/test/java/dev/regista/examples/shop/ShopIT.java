package dev.regista.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.regista.Database;
import dev.regista.DatabaseDownException;
import dev.regista.Registry;
import dev.regista.examples.shop.BoughtTogether.Companion;
import dev.regista.neo4j.Neo4jDatabase;
import dev.regista.solr.SolrDatabase;
import dev.regista.sql.SqlDatabase;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.SolrQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The followers have what SQL has, whatever happened on the way. */
@TestInstance(Lifecycle.PER_CLASS)
class ShopIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PRODUCTS =
            List.of("tea", "milk", "honey", "bread", "butter", "jam", "rice", "salt", "oil", "soap");
    /** What is in the basket of the order with a number: some of the products; now and then none. */
    private static final List<List<String>> BASKETS = baskets(new Random(42));

    private final Servers servers = Servers.running();
    private final TestDatabase sql = TestServers.postgres().newDatabase();
    private final Registry registry =
            servers.configuration(sql.url(), sql.user(), sql.password()).open();

    private record Pair(String one, String other) {}

    /** A follower that is not one of the shop's. */
    private record Other(String name, Task task) implements Follower {
        interface Task {
            void run(List<Order> orders) throws Exception;
        }

        @Override
        public void follow(List<Order> orders) throws Exception {
            task.run(orders);
        }
    }

    @BeforeEach
    void empty() throws SolrServerException {
        servers.empty();
        main().run(session -> {
            session.createNativeMutationQuery("truncate outbox, order_products, orders")
                    .executeUpdate();
        });
    }

    @AfterAll
    void close() {
        registry.close();
        sql.close();
    }

    private Shop shop() {
        return new Shop(servers.configuration(sql.url(), sql.user(), sql.password()));
    }

    private SqlDatabase main() {
        return registry.main(SqlDatabase.class);
    }

    private SolrDatabase search() {
        return registry.database("search", SolrDatabase.class);
    }

    private Neo4jDatabase graph() {
        return registry.database("graph", Neo4jDatabase.class);
    }

    @Test
    void followersCatchUpAfterTheirServersWereAway() throws Exception {
        // Two, as if in two processes: each has a courier for each follower.
        try (Shop one = shop();
                Shop two = shop()) {
            place(one, 0, 200);
            place(two, 200, 400);
            servers.stop();
            place(one, 400, 600);
            place(two, 600, 800);

            assertThat(one.orders.count()).isEqualTo(800);
            assertThat(one.outbox.waiting(one.search)).isGreaterThanOrEqualTo(400);
            assertThat(one.outbox.waiting(one.boughtTogether)).isGreaterThanOrEqualTo(400);
            assertThatThrownBy(() -> one.search.find("tea")).isInstanceOf(SolrServerException.class);

            servers.start();
            place(one, 800, 1000);
            awaitDelivery(one);

            assertThat(one.orders.count()).isEqualTo(1000);
            assertFollowersHaveWhatSqlHas();
            assertThat(two.search.find("tea"))
                    .hasSize(10)
                    .allSatisfy(order -> assertThat(order.products()).contains("tea"));
            assertThat(two.boughtTogether.with("tea")).hasSize(PRODUCTS.size() - 1);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("courier-"));
    }

    @Test
    void theShopOpensWhileAFollowerIsDown() {
        servers.refuseNeo4j();
        try (Shop shop = new Shop(servers.configuration("jdbc:h2:mem:down", "sa", ""))) {
            shop.orders.place("Ada", List.of("tea", "milk"));
            assertThat(shop.registry.database("graph").status()).isEqualTo(Database.Status.DOWN);
            assertThatThrownBy(() -> shop.boughtTogether.with("tea")).isInstanceOf(DatabaseDownException.class);
            assertThat(shop.outbox.waiting(shop.boughtTogether)).isOne();

            servers.start();
            awaitDelivery(shop);

            assertThat(shop.boughtTogether.with("tea")).containsExactly(new Companion("milk", 1));
        }
    }

    /** Where a process ends after the follower has committed, and before SQL has. */
    @Test
    void anOrderThatIsDeliveredTwiceCountsOnce() throws Exception {
        OrderSearch search = new OrderSearch(search());
        BoughtTogether boughtTogether = new BoughtTogether(graph());
        Outbox outbox = new Outbox(main(), List.of(search, boughtTogether));
        Orders orders = new Orders(main(), outbox);
        for (int i = 0; i < 20; i++) {
            orders.place("Ada", BASKETS.get(i));
        }
        for (Follower follower : List.of(search, boughtTogether)) {
            Follower dying = new Other(follower.name(), batch -> {
                follower.follow(batch);
                throw new IOException("the end");
            });
            assertThatThrownBy(() -> outbox.deliver(dying)).isInstanceOf(IOException.class);
            assertThat(outbox.waiting(follower)).isEqualTo(20);
            assertThat(outbox.deliver(follower)).isEqualTo(20);
            assertThat(outbox.waiting(follower)).isZero();
        }
        assertFollowersHaveWhatSqlHas();
    }

    @Test
    void twoWorkersTakeDifferentOrders() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        Follower slow = new Other("other", orders -> {
            orders.forEach(order -> first.add(order.id()));
            taken.countDown();
            assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        });
        Follower quick = new Other("other", orders -> orders.forEach(order -> second.add(order.id())));
        Outbox outbox = new Outbox(main(), List.of(slow));
        Orders orders = new Orders(main(), outbox);
        List<Long> placed = IntStream.range(0, 130)
                .mapToObj(i -> orders.place("Ada", BASKETS.get(i)))
                .toList();

        CompletableFuture<Integer> working = CompletableFuture.supplyAsync(() -> deliver(outbox, slow));
        assertThat(taken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(outbox.deliver(quick)).isEqualTo(30);
        assertThat(outbox.deliver(quick)).isZero();
        done.countDown();

        assertThat(working.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(100);
        assertThat(first).isEqualTo(placed.subList(0, 100));
        assertThat(second).isEqualTo(placed.subList(100, 130));
        assertThat(outbox.waiting(slow)).isZero();
    }

    @Test
    void anOrderThatFailsLeavesNothingBehind() {
        Follower follower = new Other("other", batch -> {});
        Outbox outbox = new Outbox(main(), List.of(follower));
        Orders orders = new Orders(main(), outbox);

        assertThatThrownBy(() -> main().run(session -> {
                    orders.place("Ada", List.of("tea"));
                    throw new IOException("the card was declined");
                }))
                .isInstanceOf(IOException.class);

        assertThat(orders.count()).isZero();
        assertThat(outbox.waiting(follower)).isZero();
    }

    private static int deliver(Outbox outbox, Follower follower) {
        try {
            return outbox.deliver(follower);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** From four threads. */
    private static void place(Shop shop, int from, int to) {
        CompletableFuture<?>[] threads = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> IntStream.range(from, to)
                        .filter(i -> i % 4 == thread)
                        .forEach(i -> shop.orders.place("customer " + i % 50, BASKETS.get(i)))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
    }

    private static List<List<String>> baskets(Random random) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> PRODUCTS.stream()
                        .filter(product -> random.nextInt(4) == 0)
                        .toList())
                .toList();
    }

    private static void awaitDelivery(Shop shop) {
        await().atMost(PATIENCE)
                .until(() -> shop.outbox.waiting(shop.search) + shop.outbox.waiting(shop.boughtTogether) == 0);
    }

    private void assertFollowersHaveWhatSqlHas() throws SolrServerException {
        List<OrderDocument> orders = main()
                .read(session -> session.createSelectionQuery(
                                "from Order o left join fetch o.products order by o.id", Order.class)
                        .getResultList())
                .stream()
                .map(OrderDocument::of)
                .toList();
        List<OrderDocument> documents =
                search().read(session -> session.query(new SolrQuery("*:*").setRows(100_000), OrderDocument.class));
        assertThat(documents).containsExactlyInAnyOrderElementsOf(orders);

        assertThat(graphNumber("MATCH (o:Order) RETURN count(o)")).isEqualTo(orders.size());
        assertThat(graphNumber("MATCH ()-[h:HAS]->() RETURN count(h)"))
                .isEqualTo(orders.stream()
                        .mapToLong(order -> order.products().size())
                        .sum());
        assertThat(pairsInGraph()).isNotEmpty().isEqualTo(pairsInSql());
    }

    private long graphNumber(String query) {
        return graph().read(tx -> tx.run(query).single().get(0).asLong());
    }

    private Map<Pair, Long> pairsInGraph() {
        return graph().read(tx -> tx
                .run("MATCH (a:Product)<-[:HAS]-(o:Order)-[:HAS]->(b:Product) WHERE a.name < b.name"
                        + " RETURN a.name AS a, b.name AS b, count(o) AS orders")
                .stream()
                .collect(Collectors.toMap(
                        row -> new Pair(row.get("a").asString(), row.get("b").asString()),
                        row -> row.get("orders").asLong())));
    }

    private Map<Pair, Long> pairsInSql() {
        return main()
                .read(session -> session.createNativeQuery(
                                "select a.product, b.product, count(*) from order_products a join order_products b"
                                        + " on a.order_id = b.order_id and a.product < b.product"
                                        + " group by a.product, b.product",
                                Object[].class)
                        .getResultList())
                .stream()
                .collect(Collectors.toMap(
                        row -> new Pair((String) row[0], (String) row[1]), row -> ((Number) row[2]).longValue()));
    }
}
