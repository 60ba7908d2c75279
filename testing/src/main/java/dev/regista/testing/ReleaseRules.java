package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.Connection;
import dev.regista.Database;
import dev.regista.testing.DatabaseKit.Feature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Everything is given back, once. */
abstract class ReleaseRules<S> extends Rules<S> {
    private static final int MANY = 50;

    ReleaseRules(DatabaseKit<S> kit) {
        super(kit);
    }

    @Test
    @DisplayName("A unit under way is listed with its thread, and no longer when it has ended")
    void listsItsHolder() throws Exception {
        Database<S> database = open();
        database.run(session -> {
            assertThat(database.holders())
                    .singleElement()
                    .satisfies(holder -> assertThat(holder.thread())
                            .isEqualTo(Thread.currentThread().getName()));
            secrets()
                    .forEach(secret -> assertThat(database.holders().toString()).doesNotContain(secret));
        });
        assertNothingHeld(database);
    }

    @Test
    @DisplayName("Units that commit, fail or read hold nothing afterwards, however many there were")
    void unitsReleaseEverything() throws Exception {
        Database<S> database = open();
        for (int i = 0; i < MANY; i++) {
            String key = "key-" + i;
            IOException failure = new IOException("of the work");
            database.run(writing(key));
            assertThat(database.<Boolean, Exception>read(existing(key))).isTrue();
            assertThat(catchThrowable(() -> database.run(session -> {
                        exists(session, key);
                        throw failure;
                    })))
                    .isSameAs(failure);
            assertNothingHeld(database);
        }
    }

    @Test
    @DisplayName("Connections from get() hold nothing once closed, whatever their outcome, however many there were")
    void connectionsReleaseEverything() throws Exception {
        Database<S> database = open();
        for (int i = 0; i < MANY; i++) {
            try (Connection<S> connection = database.get()) {
                exists(connection.session(), "key");
                assertThat(database.holders()).hasSize(1);
                if (i % 3 == 0) {
                    connection.commit();
                } else if (i % 3 == 1) {
                    connection.rollback();
                }
            }
            assertNothingHeld(database);
        }
    }

    @Test
    @DisplayName("A connection holds what it has until it is closed, also after its commit, and gives it back once")
    void connectionsReleaseOnce() throws Exception {
        Database<S> database = open();
        int count = lacks(Feature.CONCURRENT_WRITERS) ? 1 : 3;
        List<Connection<S>> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(database.get());
            exists(connections.get(i).session(), "key");
        }
        connections.get(0).commit();
        assertThat(database.holders()).hasSize(count);
        for (int i = count - 1; i >= 0; i--) {
            connections.get(i).close();
            connections.get(i).close();
            assertThat(database.holders()).hasSize(i);
            assertThat(held(database)).isBetween(0, i);
        }
    }

    @Test
    @DisplayName("A joined unit gives back nothing: the outer one still works after it")
    void joinedUnitsReleaseNothing() throws Exception {
        Database<S> database = open();
        database.run(outer -> {
            for (int i = 0; i < MANY; i++) {
                database.<Boolean, Exception>read(existing("key"));
                database.run(writing("key-" + i));
                assertThat(database.holders()).hasSize(1);
            }
        });
        assertWritten(database, "key-" + (MANY - 1));
        assertNothingHeld(database);
    }

    @Test
    @DisplayName("An interrupted thread does all of its unit or nothing, keeps the interrupt, and holds nothing")
    void interruptedUnitsRelease() throws Exception {
        Database<S> database = open();
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> database.run(writing("key")));
        assertThat(Thread.interrupted()).as("interrupted").isTrue();
        assertThat(exists(database, "key")).isEqualTo(failure == null);
        assertNothingHeld(database);
        database.run(writing("next"));
        assertWritten(database, "next");
    }

    @Test
    @DisplayName("A unit that is interrupted in its work rolls back like any other, and holds nothing")
    void interruptedWorkReleases() throws Exception {
        Database<S> database = open();
        InterruptedException interruption = new InterruptedException("of the work");
        assertThat(catchThrowable(() -> database.run(session -> {
                    write(session, "key");
                    assertThat(exists(session, "key")).isTrue();
                    Thread.currentThread().interrupt();
                    throw interruption;
                })))
                .isSameAs(interruption);
        assertThat(Thread.interrupted()).as("interrupted").isTrue();
        assertNotWritten(database, "key");
        assertNothingHeld(database);
    }
}
