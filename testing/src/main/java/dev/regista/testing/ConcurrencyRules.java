package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.Connection;
import dev.regista.Database;
import dev.regista.Database.Status;
import dev.regista.NotOpenException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many threads on one database. */
abstract class ConcurrencyRules<S> extends Rules<S> {
    private static final int UNITS = 25;

    ConcurrencyRules(DatabaseKit<S> kit) {
        super(kit);
    }

    @Test
    @DisplayName("Units of eight threads each have their own outcome, none is lost, and nothing is held afterwards")
    void unitsAreIndependent() throws Exception {
        Database<S> database = open();
        List<Integer> failed = all(together(thread -> () -> {
            int failures = 0;
            for (int i = 0; i < UNITS; i++) {
                failures += catchThrowable(unit(database, thread, i)::run) == null ? 0 : 1;
            }
            return failures;
        }));
        assertThat(failed).hasSize(THREADS).containsOnly((UNITS + 4) / 5);
        for (int thread = 0; thread < THREADS; thread++) {
            for (int i = 0; i < UNITS; i++) {
                if (i % 5 == 0) {
                    assertNotWritten(database, key(thread, i));
                } else {
                    assertWritten(database, key(thread, i));
                }
            }
        }
        assertNothingHeld(database);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    /** One in five fails. */
    private Step unit(Database<S> database, int thread, int i) {
        return () -> database.run(session -> {
            write(session, key(thread, i));
            if (i % 5 == 0) {
                throw new IllegalStateException("one in five");
            }
        });
    }

    private static String key(int thread, int i) {
        return "key-" + thread + "-" + i;
    }

    @Test
    @DisplayName("A unit on another thread joins nothing")
    void joinsOnItsThreadOnly() throws Exception {
        Database<S> database = open();
        database.run(outer -> {
            int holders = get(async(() -> database.<Integer, Exception>read(
                    other -> database.holders().size())));
            assertThat(holders).isEqualTo(2);
        });
        assertNothingHeld(database);
    }

    @Test
    @DisplayName("A connection may be handed to another thread, which commits and closes it")
    void connectionsMayBeHandedOver() throws Exception {
        Database<S> database = open();
        Connection<S> connection = database.get();
        write(connection.session(), "here");
        get(async(() -> {
            write(connection.session(), "there");
            connection.commit();
            connection.close();
            return true;
        }));
        assertWritten(database, "here");
        assertWritten(database, "there");
        assertNothingHeld(database);
    }

    @Test
    @DisplayName(
            "Of threads that connect at once exactly one opens; of those that disconnect at once exactly one closes")
    void opensOnce() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Database<S> database = build(builder -> builder.onOpen(open -> opened.incrementAndGet()));
        assertThat(all(together(thread -> database::connect))).hasSize(THREADS).containsOnlyOnce(true);
        assertThat(database.references()).isEqualTo(THREADS);
        assertThat(all(together(thread -> database::disconnect)))
                .hasSize(THREADS)
                .containsOnlyOnce(true);
        assertThat(database.status()).isEqualTo(Status.CLOSED);
        assertThat(opened).hasValue(1);
    }

    @Test
    @DisplayName("Whoever has a reference has an open database, however many others connect and disconnect meanwhile")
    void referencesHold() throws Exception {
        Database<S> database = closed();
        all(together(thread -> () -> {
            for (int i = 0; i < 3; i++) {
                database.connect();
                database.run(writing(key(thread, i)));
                database.disconnect();
            }
            return true;
        }));
        assertThat(database.references()).isZero();
        assertThat(database.status()).isEqualTo(Status.CLOSED);
        assertThat(database.holders()).isEmpty();
    }

    @Test
    @DisplayName(
            "Closing under load: each unit either commits or is refused with NotOpenException, and nothing stays open")
    void closesUnderLoad() throws Exception {
        Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
        Map<String, Boolean> stored = new ConcurrentHashMap<>();
        Database<S> database = build(builder -> builder.onClose(closing -> {
            for (String key : List.copyOf(acknowledged.values())) {
                stored.put(key, closing.<Boolean, Exception>read(existing(key)));
            }
        }));
        List<CompletableFuture<@Nullable Throwable>> load = load(database, acknowledged);
        assertThat(database.disconnect()).isTrue();
        for (CompletableFuture<@Nullable Throwable> each : load) {
            assertThat(get(each)).isInstanceOf(NotOpenException.class);
        }
        assertThat(stored.values()).hasSize(THREADS).containsOnly(true);
        assertThat(database.status()).isEqualTo(Status.CLOSED);
        assertThat(database.holders()).isEmpty();
    }

    @Test
    @DisplayName("A forced close under load ends every unit, leaves nothing open, and the database can be opened again")
    void closesByForceUnderLoad() throws Exception {
        Database<S> database = closed();
        List<CompletableFuture<@Nullable Throwable>> load = load(database, new ConcurrentHashMap<>());
        assertThat(database.forceDisconnect()).isTrue();
        for (CompletableFuture<@Nullable Throwable> each : load) {
            assertThat(get(each)).isNotNull();
        }
        assertThat(database.references()).isZero();
        assertThat(database.holders()).isEmpty();
        database.connect();
        database.run(writing("again"));
        assertWritten(database, "again");
        assertNothingHeld(database);
    }

    /** Opens it, and keeps eight threads at work until they fail; returns when each has committed something. */
    private List<CompletableFuture<@Nullable Throwable>> load(Database<S> database, Map<Integer, String> acknowledged)
            throws Exception {
        database.connect();
        CountDownLatch working = new CountDownLatch(THREADS);
        List<CompletableFuture<@Nullable Throwable>> load = together(thread -> () -> catchThrowable(() -> {
            for (int i = 0; ; i++) {
                String key = key(thread, i);
                database.run(writing(key));
                acknowledged.put(thread, key);
                if (i == 0) {
                    working.countDown();
                }
            }
        }));
        waitFor(() -> working.getCount() == 0 || load.stream().anyMatch(CompletableFuture::isDone));
        return load;
    }
}
