package dev.regista.examples.shop;

import java.util.List;

/** Something outside SQL that is to know of each order. */
interface Follower {
    /** Returns the name under which the outbox keeps what it has yet to hear of. */
    String name();

    /**
     * Takes orders over, all of them or none. May be told of an order twice, also by two threads at once, and out of order;
     * the second time must change nothing.
     *
     * @throws Exception if it cannot; it is told of all of them again later
     */
    void follow(List<Order> orders) throws Exception;
}
