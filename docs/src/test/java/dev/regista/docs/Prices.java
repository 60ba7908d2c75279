package dev.regista.docs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for any client of the application that is not a SQL database. */
class Prices {
    private final Map<String, Integer> prices = new ConcurrentHashMap<>();
    private boolean closed;

    void put(String what, int price) {
        prices.put(what, price);
    }

    Integer get(String what) {
        return prices.get(what);
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
