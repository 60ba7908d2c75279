package dev.regista;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing to several databases at once, and sorts out the failures in the order the databases were declared. */
final class Crowd {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    private Crowd() {}

    /** Connects all, or none: whatever this call connected is disconnected again when one of them fails. */
    static void connect(List<Database<?>> databases) {
        List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
        databases.forEach(database -> attempts.add(database.connectAsync()));
        List<Throwable> failures = new ArrayList<>();
        List<Database<?>> connected = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            try {
                attempts.get(i).get();
                connected.add(databases.get(i));
            } catch (ExecutionException e) {
                LOG.error(
                        "Database '{}' could not be connected", databases.get(i).name(), e.getCause());
                failures.add(e.getCause());
            } catch (InterruptedException e) {
                abandon(databases, attempts);
                Thread.currentThread().interrupt();
                throw new OpenFailedException(databases.get(i).name(), "interrupted while waiting for it", e);
            }
        }
        if (!failures.isEmpty()) {
            failures.addAll(disconnect(connected));
            throwFirst(failures);
        }
    }

    /** Disconnects all, whatever fails. */
    static List<Throwable> disconnect(List<Database<?>> databases) {
        List<CompletableFuture<Boolean>> attempts = new ArrayList<>();
        databases.forEach(database -> attempts.add(database.disconnectAsync()));
        List<Throwable> failures = new ArrayList<>();
        boolean interrupted = false;
        for (int i = 0; i < attempts.size(); i++) {
            try {
                attempts.get(i).get();
            } catch (ExecutionException e) {
                LOG.warn(
                        "Database '{}' failed while it was disconnected",
                        databases.get(i).name(),
                        e.getCause());
                failures.add(e.getCause());
            } catch (InterruptedException e) {
                // The closing goes on by itself, within the close timeout; nothing is left open because of us.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failures;
    }

    static void throwFirst(List<Throwable> failures) {
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.get(0);
        failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) first;
    }

    static CompletableFuture<Void> async(String threadName, Runnable task) {
        return CompletableFuture.runAsync(task, runnable -> {
            Thread thread = new Thread(runnable, threadName);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void abandon(List<Database<?>> databases, List<CompletableFuture<Boolean>> attempts) {
        for (int i = 0; i < attempts.size(); i++) {
            Database<?> database = databases.get(i);
            CompletableFuture<Void> unused = attempts.get(i).thenRun(() -> {
                try {
                    database.disconnect();
                } catch (RuntimeException e) {
                    LOG.warn("Database '{}' failed while it was disconnected", database.name(), e);
                }
            });
        }
    }
}
