package dev.regista.examples.shop;

import dev.regista.sql.SqlDatabase;
import java.util.List;
import org.hibernate.LockMode;

/** What the followers have yet to hear of: one row for each order and follower, in the database of the orders. */
final class Outbox {
    private static final int BATCH = 100;

    private final SqlDatabase main;
    private final List<Follower> followers;

    Outbox(SqlDatabase main, List<Follower> followers) {
        this.main = main;
        this.followers = List.copyOf(followers);
    }

    /** Adds an order for each follower. Joins the unit of work that writes the order, so that it is both or neither. */
    void add(Order order) {
        main.run(session ->
                followers.forEach(follower -> session.persist(new OutboxEntry(follower.name(), order.id()))));
    }

    /**
     * Tells a follower of the oldest orders that it has yet to hear of, and removes their rows. The rows stay locked
     * meanwhile, and other workers pass over them. If the follower fails, or this process ends, they are there again.
     *
     * @return how many orders
     * @throws Exception what the follower failed with
     */
    int deliver(Follower follower) throws Exception {
        return main.<Integer, Exception>call(session -> {
            List<OutboxEntry> entries = session.createSelectionQuery(
                            "from OutboxEntry where follower = :follower order by id", OutboxEntry.class)
                    .setParameter("follower", follower.name())
                    .setMaxResults(BATCH)
                    .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                    .getResultList();
            if (!entries.isEmpty()) {
                List<Order> orders = session.createSelectionQuery(
                                "from Order o left join fetch o.products where o.id in :ids order by o.id", Order.class)
                        .setParameter(
                                "ids",
                                entries.stream().map(OutboxEntry::orderId).toList())
                        .getResultList();
                follower.follow(orders);
                entries.forEach(session::remove);
            }
            return entries.size();
        });
    }

    /** Returns how many orders a follower has yet to hear of. */
    long waiting(Follower follower) {
        return main.read(session -> session.createSelectionQuery(
                        "select count(*) from OutboxEntry where follower = :follower", Long.class)
                .setParameter("follower", follower.name())
                .getSingleResult());
    }
}
