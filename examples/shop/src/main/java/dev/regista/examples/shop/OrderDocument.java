package dev.regista.examples.shop;

import java.time.Instant;
import java.util.List;

/** An order as the search index has it. */
record OrderDocument(String id, String customer, List<String> products, Instant placed) {
    static OrderDocument of(Order order) {
        return new OrderDocument(
                String.valueOf(order.id()),
                order.customer(),
                order.products().stream().sorted().toList(),
                order.placed());
    }
}
