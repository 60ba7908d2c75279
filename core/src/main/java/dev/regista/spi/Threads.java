package dev.regista.spi;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The threads that Regista starts itself. Platform threads, also where virtual ones exist: they open pools and run hooks,
 * and a pool that is first built on a virtual thread can hang (spring-boot issue 49919).
 */
final class Threads {
    private Threads() {}

    static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static <T> CompletableFuture<T> async(String name, Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, runnable -> start(name, runnable));
    }
}
