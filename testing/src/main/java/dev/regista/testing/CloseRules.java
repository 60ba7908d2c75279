package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.Connection;
import dev.regista.Database;
import dev.regista.Database.Status;
import dev.regista.NotOpenException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Closing connections, and closing databases that are in use. */
abstract class CloseRules<S> extends Rules<S> {
    CloseRules(DatabaseKit<S> kit) {
        super(kit);
    }

    @Test
    @DisplayName("Closing a connection again does nothing")
    void closesTwice() throws Exception {
        Database<S> database = open();
        Connection<S> connection = database.get();
        assertThat(connection.isOpen()).isTrue();
        write(connection.session(), "key");
        connection.commit();
        connection.close();
        connection.close();
        assertThat(connection.isOpen()).isFalse();
        assertWritten(database, "key");
        assertNothingHeld(database);
    }

    @Test
    @DisplayName("A closed connection refuses everything with IllegalStateException")
    void refusesUseAfterClose() throws Exception {
        Connection<S> connection = open().get();
        connection.close();
        assertThatThrownBy(connection::session).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(connection::commit).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(connection::rollback).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName(
            "A disconnect refuses new work at once, waits for the units under way with all that joins them, then closes")
    void drains() throws Exception {
        AtomicBoolean committed = new AtomicBoolean();
        Database<S> database =
                build(builder -> builder.onClose(closing -> committed.set(closing.read(existing("joined")))));
        database.connect();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Boolean> unit = async(() -> database.<Boolean, Exception>call(session -> {
            write(session, "key");
            begun.countDown();
            await(goOn);
            database.run(writing("joined"));
            return true;
        }));
        await(begun);
        CompletableFuture<Boolean> closing = database.disconnectAsync();
        waitFor(() -> database.status() == Status.CLOSING);
        assertThatThrownBy(() -> database.run(writing("late"))).isInstanceOf(NotOpenException.class);
        assertThatThrownBy(database::get).isInstanceOf(NotOpenException.class);
        assertThat(closing).isNotDone();
        assertThat(database.holders()).hasSize(1);
        goOn.countDown();
        assertThat(get(unit)).isTrue();
        assertThat(get(closing)).isTrue();
        assertThat(committed).as("the unit under way had committed").isTrue();
        assertThat(database.status()).isEqualTo(Status.CLOSED);
        assertNothingHeld(database);
    }

    @Test
    @DisplayName("A disconnect waits no longer than its limit, and closes with units still under way")
    void drainsWithinItsLimit() throws Exception {
        closesWithAUnitUnderWay(database -> database.disconnect(Duration.ofMillis(50)));
    }

    @Test
    @DisplayName("A forced close does not wait for units under way")
    void forcedCloseDoesNotWait() throws Exception {
        closesWithAUnitUnderWay(Database::forceDisconnect);
    }

    @FunctionalInterface
    private interface Closing<S> {
        boolean close(Database<S> database);
    }

    private void closesWithAUnitUnderWay(Closing<S> closing) throws Exception {
        Database<S> database = open();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<?> unit = failing(() -> database.run(session -> {
            write(session, "key");
            exists(session, "key");
            begun.countDown();
            await(goOn);
        }));
        try {
            await(begun);
            assertThat(get(async(() -> closing.close(database)))).isTrue();
            assertThat(database.status()).isEqualTo(Status.CLOSED);
            assertThat(unit).isNotDone();
        } finally {
            goOn.countDown();
            get(unit);
        }
        assertThat(database.holders()).isEmpty();
        database.connect();
        database.run(writing("again"));
        assertWritten(database, "again");
    }

    @Test
    @DisplayName("A disconnect does not wait for the units of the thread that asks, which could never end")
    void doesNotWaitForItself() throws Exception {
        Database<S> database = open();
        CompletableFuture<Status> closed = async(() -> {
            AtomicBoolean done = new AtomicBoolean();
            // The rest of the unit has nothing to work on; how it fails is up to the kind.
            Throwable ignored =
                    catchThrowable(() -> database.run(session -> done.set(database.disconnect(DatabaseKit.PATIENCE))));
            assertThat(done)
                    .as("the disconnect closed it; the unit ended with " + ignored)
                    .isTrue();
            return database.status();
        });
        assertThat(get(closed)).isEqualTo(Status.CLOSED);
        assertThat(database.holders()).isEmpty();
    }

    @Test
    @DisplayName("A connection that outlives its database can still be closed, and holds nothing then")
    void closesAfterItsDatabase() throws Exception {
        Database<S> database = open();
        Connection<S> connection = database.get();
        write(connection.session(), "key");
        database.forceDisconnect();
        Throwable ignored = catchThrowable(connection::close);
        assertThat(connection.isOpen()).as("open, after " + ignored).isFalse();
        assertThat(database.holders()).isEmpty();
    }
}
