package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.Action;
import dev.regista.Database;
import dev.regista.Units;
import dev.regista.Work;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.testing.DatabaseKit.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What the concepts of a {@link DatabaseKit} are written in. */
abstract class Rules<S> {
    static final int THREADS = 8;

    private final DatabaseKit<S> kit;

    Rules(DatabaseKit<S> kit) {
        this.kit = kit;
    }

    final Database<S> build(Consumer<AbstractDatabaseBuilder<? extends Database<S>, ?>> settings) throws Exception {
        return kit.build(settings);
    }

    final Database<S> closed() throws Exception {
        return kit.build(builder -> {});
    }

    final Database<S> open() throws Exception {
        Database<S> database = closed();
        database.connect();
        return database;
    }

    final boolean lacks(Feature feature) {
        return kit.lacks().contains(feature);
    }

    final Iterable<String> secrets() {
        return kit.secrets();
    }

    final int held(Database<S> database) {
        return kit.held(database);
    }

    final void write(S session, String key) throws Exception {
        kit.write(session, key);
    }

    final Action<S, Exception> writing(String key) {
        return session -> kit.write(session, key);
    }

    final Work<S, Boolean, Exception> existing(String key) {
        return session -> kit.exists(session, key);
    }

    final boolean exists(S session, String key) throws Exception {
        return kit.exists(session, key);
    }

    /** Whether others see it. */
    final boolean exists(Units<S> units, String key) throws Exception {
        return units.requiresNew().<Boolean, Exception>read(existing(key));
    }

    final void assertWritten(Database<S> database, String key) throws Exception {
        assertThat(exists(database, key)).as("'" + key + "' has been written").isTrue();
    }

    /** That others do not see it; of a kind that cannot undo, that they do. */
    final void assertNotWritten(Database<S> database, String key) throws Exception {
        assertThat(exists(database, key)).as("'" + key + "' has been written").isEqualTo(lacks(Feature.ROLLBACK));
    }

    final void assertNothingHeld(Database<S> database) {
        kit.assertNothingHeld(database);
    }

    static void waitFor(BooleanSupplier condition) {
        assertThat(Await.until(DatabaseKit.PATIENCE, condition))
                .as("what was waited for happened")
                .isTrue();
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(DatabaseKit.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("what was waited for happened")
                .isTrue();
    }

    static <T extends @Nullable Object> T get(Future<T> future) throws Exception {
        return future.get(DatabaseKit.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Calls it on a thread of its own, not on a pool, whose threads would outlive the test. */
    static <T extends @Nullable Object> CompletableFuture<T> async(Callable<T> task) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return task.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                runnable -> {
                    Thread thread = new Thread(runnable, "kit");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    /** Calls it on eight threads that begin together. */
    static <T> List<CompletableFuture<T>> together(IntFunction<Callable<T>> task) {
        CountDownLatch go = new CountDownLatch(THREADS);
        List<CompletableFuture<T>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Callable<T> each = task.apply(i);
            futures.add(async(() -> {
                go.countDown();
                await(go);
                return each.call();
            }));
        }
        return futures;
    }

    static <T> List<T> all(List<CompletableFuture<T>> futures) throws Exception {
        List<T> results = new ArrayList<>();
        for (CompletableFuture<T> future : futures) {
            results.add(get(future));
        }
        return results;
    }

    /** What the thread ended with; {@code null} if it did not fail. */
    static CompletableFuture<@Nullable Throwable> failing(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        return async(() -> catchThrowable(work));
    }
}
