package dev.regista.spi;

import dev.regista.Holder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The leases that are out. Taking and giving back one touches a concurrent set, and no lock. */
final class Leases {
    private final Set<Lease> out = ConcurrentHashMap.newKeySet();

    void add(Lease lease) {
        out.add(lease);
    }

    void remove(Lease lease) {
        out.remove(lease);
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    /** Whether any lease is out that another thread than the given one has taken. */
    boolean anyBesides(Thread thread) {
        return out.stream().anyMatch(lease -> lease.thread() != thread);
    }

    List<Holder> holders() {
        return Lease.holders(out);
    }
}
