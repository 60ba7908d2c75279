package dev.regista.spi;

import dev.regista.Holder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Who took something that must be given back, and when: a unit of work its backend, or a unit its connection. Taken by the
 * thread that makes it.
 */
public final class Lease {
    private static final List<String> PLUMBING = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.hibernate.",
            "com.zaxxer.",
            "net.ttddyy.",
            "org.postgresql.",
            "org.mariadb.",
            "com.mysql.",
            "org.h2.",
            "org.sqlite.",
            "org.neo4j.",
            "io.netty.",
            "dev.regista.Units",
            "dev.regista.spi.",
            "dev.regista.sql.",
            "dev.regista.neo4j.",
            "dev.regista.object.");

    private final Thread thread = Thread.currentThread();
    private final long begun = System.nanoTime();

    /** Begins now, on this thread. */
    public Lease() {}

    /** Returns the thread that took it. */
    public Thread thread() {
        return thread;
    }

    /** Returns all of them as holders, longest first. */
    public static List<Holder> holders(Collection<Lease> leases) {
        return leases.stream()
                .sorted(Comparator.comparingLong(lease -> lease.begun))
                .map(Lease::toHolder)
                .toList();
    }

    private Holder toHolder() {
        Instant since = Instant.now().minusNanos(System.nanoTime() - begun);
        return new Holder(thread.getName(), since, applicationFrame());
    }

    private String applicationFrame() {
        return Arrays.stream(thread.getStackTrace())
                .filter(frame -> !isPlumbing(frame.getClassName()))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("");
    }

    private static boolean isPlumbing(String className) {
        return PLUMBING.stream().anyMatch(className::startsWith);
    }
}
