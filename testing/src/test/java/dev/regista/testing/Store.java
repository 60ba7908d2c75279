package dev.regista.testing;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A small store in memory with transactions, strict about their use. */
final class Store {
    private final Set<String> committed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger transactions = new AtomicInteger();

    Tx begin() {
        transactions.incrementAndGet();
        return new Tx();
    }

    /** How many transactions have not been released. */
    int transactions() {
        return transactions.get();
    }

    final class Tx {
        private final Set<String> pending = new HashSet<>();
        private boolean decided;
        private boolean released;

        void put(String key) {
            require(!decided && !released);
            pending.add(key);
        }

        boolean contains(String key) {
            require(!released);
            return pending.contains(key) || committed.contains(key);
        }

        void commit() {
            decide();
            committed.addAll(pending);
        }

        void rollback() {
            decide();
            pending.clear();
        }

        private void decide() {
            require(!decided && !released);
            decided = true;
        }

        void release() {
            require(!released);
            released = true;
            transactions.decrementAndGet();
        }

        private void require(boolean allowed) {
            if (!allowed) {
                throw new IllegalStateException("decided: " + decided + ", released: " + released);
            }
        }
    }
}
