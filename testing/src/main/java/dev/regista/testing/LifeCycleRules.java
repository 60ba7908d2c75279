package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.CloseFailedException;
import dev.regista.Database;
import dev.regista.Database.Status;
import dev.regista.NotOpenException;
import dev.regista.OpenFailedException;
import dev.regista.Units;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Opening and closing, and who may use a database meanwhile. */
abstract class LifeCycleRules<S> extends Rules<S> {
    LifeCycleRules(DatabaseKit<S> kit) {
        super(kit);
    }

    @Test
    @DisplayName("A database that was just built is closed, and nobody has a reference to it")
    void isBuiltClosed() throws Exception {
        Database<S> database = closed();
        assertThat(database.status()).isEqualTo(Status.CLOSED);
        assertThat(database.isOpen()).isFalse();
        assertThat(database.references()).isZero();
        assertThat(database.holders()).isEmpty();
    }

    @Test
    @DisplayName("Nothing opens by accident: every unit of work on a closed database throws NotOpenException, unbegun")
    void refusesWorkBeforeOpen() throws Exception {
        refusesAllWork(closed());
    }

    @Test
    @DisplayName("A database that has been closed again refuses work as before it was opened")
    void refusesWorkAfterClose() throws Exception {
        Database<S> database = open();
        database.disconnect();
        refusesAllWork(database);
    }

    private void refusesAllWork(Database<S> database) {
        AtomicBoolean begun = new AtomicBoolean();
        for (Units<S> units : List.of(database, database.requiresNew(), database.nested(), database.retrying(3))) {
            assertThatThrownBy(() -> units.run(session -> begun.set(true))).isInstanceOf(NotOpenException.class);
            assertThatThrownBy(() -> units.call(session -> begun.getAndSet(true)))
                    .isInstanceOf(NotOpenException.class);
            assertThatThrownBy(() -> units.read(session -> begun.getAndSet(true)))
                    .isInstanceOf(NotOpenException.class)
                    .hasMessageContaining("'kit'");
        }
        assertThatThrownBy(database::get)
                .isInstanceOfSatisfying(
                        NotOpenException.class,
                        refusal -> assertThat(refusal.database()).isEqualTo("kit"));
        assertThat(begun).isFalse();
        assertThat(database.status()).isEqualTo(Status.CLOSED);
        assertThat(database.holders()).isEmpty();
    }

    @Test
    @DisplayName("The first connect opens and the last disconnect closes; those between only count")
    void countsReferences() throws Exception {
        Database<S> database = closed();
        assertThat(database.connect()).isTrue();
        assertThat(database.connect()).isFalse();
        assertThat(database.references()).isEqualTo(2);
        assertThat(database.disconnect()).isFalse();
        assertThat(database.isOpen()).isTrue();
        database.run(writing("still-open"));
        assertThat(database.disconnect()).isTrue();
        assertThat(database.status()).isEqualTo(Status.CLOSED);
        assertThat(database.references()).isZero();
    }

    @Test
    @DisplayName("A disconnect without a reference does nothing")
    void disconnectsOnlyWhatIsConnected() throws Exception {
        Database<S> database = open();
        assertThat(database.disconnect()).isTrue();
        assertThat(database.disconnect()).isFalse();
        assertThat(database.forceDisconnect()).isFalse();
        assertThat(database.references()).isZero();
        assertThat(database.connect()).isTrue();
    }

    @Test
    @DisplayName("A database can be opened again after it has been closed")
    void opensAgain() throws Exception {
        Database<S> database = closed();
        for (int i = 0; i < 3; i++) {
            String key = "round-" + i;
            assertThat(database.connect()).isTrue();
            database.run(writing(key));
            assertWritten(database, key);
            assertThat(database.disconnect()).isTrue();
        }
    }

    @Test
    @DisplayName("A forced close closes whatever the number of references, and the database can be opened again")
    void closesByForce() throws Exception {
        Database<S> database = open();
        database.connect();
        database.connect();
        assertThat(database.forceDisconnect()).isTrue();
        assertThat(database.status()).isEqualTo(Status.CLOSED);
        assertThat(database.references()).isZero();
        assertThat(database.connect()).isTrue();
        assertThat(database.references()).isOne();
        database.run(writing("again"));
        assertWritten(database, "again");
    }

    @Test
    @DisplayName("connectAsync and disconnectAsync answer as connect and disconnect do")
    void connectsAsynchronously() throws Exception {
        Database<S> database = closed();
        assertThat(get(database.connectAsync())).isTrue();
        assertThat(get(database.connectAsync())).isFalse();
        database.run(writing("open"));
        assertThat(get(database.disconnectAsync())).isFalse();
        assertThat(get(database.disconnectAsync())).isTrue();
        assertThat(database.status()).isEqualTo(Status.CLOSED);
    }

    @Test
    @DisplayName("close() gives back one reference, for try-with-resources")
    void closesWithResources() throws Exception {
        Database<S> database = closed();
        try (Database<S> resource = database) {
            resource.connect();
            resource.run(writing("inside"));
        }
        assertThat(database.status()).isEqualTo(Status.CLOSED);
    }

    @Test
    @DisplayName("An open hook can use the database before anyone else can")
    void runsOpenHooksFirst() throws Exception {
        AtomicReference<Status> status = new AtomicReference<>();
        AtomicReference<Throwable> other = new AtomicReference<>();
        Database<S> database = build(builder -> builder.onOpen(opened -> {
            status.set(opened.status());
            opened.run(writing("hook"));
            other.set(get(failing(() -> opened.run(writing("other")))));
        }));
        database.connect();
        assertThat(status).hasValue(Status.OPENING);
        assertThat(other.get()).isInstanceOf(NotOpenException.class);
        assertWritten(database, "hook");
        assertThat(exists(database, "other")).isFalse();
    }

    @Test
    @DisplayName(
            "A failing open hook fails the connect with its own failure as the cause; nothing stays open or counted")
    void failsWithItsOpenHook() throws Exception {
        IOException failure = new IOException("of the hook");
        AtomicBoolean fails = new AtomicBoolean(true);
        AtomicInteger attempts = new AtomicInteger();
        Database<S> database = build(builder -> builder.onOpen(opened -> {
            opened.run(writing("attempt-" + attempts.incrementAndGet()));
            if (fails.get()) {
                throw failure;
            }
        }));
        assertThatThrownBy(database::connect)
                .isInstanceOfSatisfying(
                        OpenFailedException.class,
                        thrown -> assertThat(thrown.database()).isEqualTo("kit"))
                .hasCause(failure);
        assertThatThrownBy(() -> get(database.connectAsync()))
                .cause()
                .isInstanceOf(OpenFailedException.class)
                .hasCause(failure);
        assertThat(database.references()).isZero();
        refusesAllWork(database);
        fails.set(false);
        assertThat(database.connect()).isTrue();
        assertWritten(database, "attempt-3");
    }

    @Test
    @DisplayName("A close hook can use the database when no one else can any more")
    void runsCloseHooksLast() throws Exception {
        AtomicReference<Status> status = new AtomicReference<>();
        AtomicReference<Throwable> other = new AtomicReference<>();
        AtomicBoolean seen = new AtomicBoolean();
        Database<S> database = build(builder -> builder.onClose(closing -> {
            status.set(closing.status());
            other.set(get(failing(() -> closing.run(writing("other")))));
            seen.set(closing.read(existing("key")));
        }));
        database.connect();
        database.run(writing("key"));
        database.disconnect();
        assertThat(status).hasValue(Status.CLOSING);
        assertThat(other.get()).isInstanceOf(NotOpenException.class);
        assertThat(seen).isTrue();
    }

    @Test
    @DisplayName("A failing close hook is reported, and the database is closed all the same")
    void closesDespiteItsCloseHook() throws Exception {
        IOException failure = new IOException("of the hook");
        Database<S> database = build(builder -> builder.onClose(closing -> {
            throw failure;
        }));
        database.connect();
        assertThatThrownBy(database::disconnect)
                .isInstanceOf(CloseFailedException.class)
                .hasCause(failure);
        assertThat(database.references()).isZero();
        refusesAllWork(database);
    }

    @Test
    @DisplayName("An interrupted connect either opens or leaves nothing open, and keeps the interrupt")
    void survivesAnInterruptedConnect() throws Exception {
        Database<S> database = closed();
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(database::connect);
        assertThat(Thread.interrupted()).as("interrupted").isTrue();
        assertThat(database.isOpen()).isEqualTo(failure == null);
        assertThat(database.references()).isEqualTo(failure == null ? 1 : 0);
        assertThat(failure)
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        thrown -> assertThat(thrown).isInstanceOf(OpenFailedException.class));
        database.connect();
        database.run(writing("after"));
        assertWritten(database, "after");
    }
}
