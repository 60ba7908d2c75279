package dev.regista.examples.shop;

import dev.regista.sql.SqlDatabase;
import java.util.Collection;

/** Takes orders. Needs SQL and nothing else. */
final class Orders {
    private final SqlDatabase main;
    private final Outbox outbox;

    Orders(SqlDatabase main, Outbox outbox) {
        this.main = main;
        this.outbox = outbox;
    }

    /** Writes an order, and in the same unit of work that the followers have yet to hear of it. */
    long place(String customer, Collection<String> products) {
        return main.call(session -> {
            Order order = new Order(customer, products);
            session.persist(order);
            outbox.add(order);
            return order.id();
        });
    }

    long count() {
        return main.read(session -> session.createSelectionQuery("select count(*) from Order", Long.class)
                .getSingleResult());
    }
}
