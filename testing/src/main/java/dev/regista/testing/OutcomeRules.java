package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.Connection;
import dev.regista.Database;
import dev.regista.IncompatibleUnitException;
import dev.regista.testing.DatabaseKit.Feature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Commit, rollback, and what the caller gets. */
abstract class OutcomeRules<S> extends Rules<S> {
    OutcomeRules(DatabaseKit<S> kit) {
        super(kit);
    }

    @Test
    @DisplayName("run commits when the work ends normally")
    void runCommits() throws Exception {
        Database<S> database = open();
        database.run(writing("key"));
        assertWritten(database, "key");
    }

    @Test
    @SuppressWarnings("NullAway") // it does not see that T may be nullable
    @DisplayName("call commits, and returns what the work returned, null included")
    void callReturnsTheResult() throws Exception {
        Database<S> database = open();
        Object result = new Object();
        assertThat(database.<Object, Exception>call(session -> {
                    write(session, "key");
                    return result;
                }))
                .isSameAs(result);
        assertThat(database.<@Nullable Object, Exception>call(session -> null)).isNull();
        assertWritten(database, "key");
    }

    @Test
    @DisplayName("read returns what the work returned, and throws what it threw")
    void readReturnsTheResult() throws Exception {
        Database<S> database = open();
        Object result = new Object();
        IOException failure = new IOException("of the work");
        assertThat(database.<Object, RuntimeException>read(session -> result)).isSameAs(result);
        assertThatThrownBy(() -> database.read(session -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    @DisplayName("An unchecked exception of the work rolls back, and arrives as the same instance")
    void uncheckedExceptionsRollBack() throws Exception {
        rollsBackAndRethrows(new IllegalArgumentException("of the work"));
    }

    @Test
    @DisplayName("A checked exception of the work rolls back, and arrives as the same instance")
    void checkedExceptionsRollBack() throws Exception {
        rollsBackAndRethrows(new IOException("of the work"));
    }

    @Test
    @DisplayName("An Error of the work rolls back, and arrives as the same instance")
    void errorsRollBack() throws Exception {
        rollsBackAndRethrows(new StackOverflowError("of the work"));
    }

    private void rollsBackAndRethrows(Throwable failure) throws Exception {
        Database<S> database = open();
        assertThat(catchThrowable(() -> database.run(session -> {
                    write(session, "key");
                    // Looking makes the kind send what it may have put off.
                    assertThat(exists(session, "key")).isTrue();
                    sneak(failure);
                })))
                .isSameAs(failure);
        assertNotWritten(database, "key");
        assertNothingHeld(database);
        database.run(writing("next"));
        assertWritten(database, "next");
    }

    private static void sneak(Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }

    @Test
    @DisplayName("What a unit has not committed, others do not see")
    void keepsWritesToItself() throws Exception {
        Database<S> database = open();
        database.run(session -> {
            write(session, "key");
            assertThat(exists(session, "key")).isTrue();
            boolean seen = get(async(() -> exists(database, "key")));
            assertThat(seen).isEqualTo(lacks(Feature.ROLLBACK));
        });
        assertWritten(database, "key");
    }

    @Test
    @DisplayName("What the work of a read writes is refused and not written; or dropped where the kind cannot notice")
    void readsDoNotWrite() throws Exception {
        Database<S> database = open();
        Throwable refusal = catchThrowable(() -> database.read(session -> {
            write(session, "key");
            return true;
        }));
        if (lacks(Feature.READ_CHECK)) {
            assertThat(refusal).isNull();
            assertNotWritten(database, "key");
        } else {
            assertThat(refusal).isInstanceOf(IncompatibleUnitException.class);
            assertThat(exists(database, "key")).isFalse();
        }
    }

    @Test
    @DisplayName("A connection from get() commits what was written through it, on commit()")
    void connectionCommits() throws Exception {
        Database<S> database = open();
        try (Connection<S> connection = database.get()) {
            write(connection.session(), "key");
            connection.commit();
            assertWritten(database, "key");
        }
        assertWritten(database, "key");
    }

    @Test
    @DisplayName("A connection that is closed without commit() has written nothing")
    void connectionWithoutCommitRollsBack() throws Exception {
        Database<S> database = open();
        try (Connection<S> connection = database.get()) {
            write(connection.session(), "key");
            assertThat(exists(connection.session(), "key")).isTrue();
        }
        assertNotWritten(database, "key");
    }

    @Test
    @DisplayName("rollback() on a connection undoes what was written through it")
    void connectionRollsBack() throws Exception {
        Database<S> database = open();
        try (Connection<S> connection = database.get()) {
            write(connection.session(), "key");
            assertThat(exists(connection.session(), "key")).isTrue();
            connection.rollback();
        }
        assertNotWritten(database, "key");
    }

    @Test
    @DisplayName(
            "A connection has one outcome: a second commit or rollback throws IllegalStateException and changes nothing")
    void connectionHasOneOutcome() throws Exception {
        Database<S> database = open();
        try (Connection<S> connection = database.get()) {
            write(connection.session(), "kept");
            connection.commit();
            assertThatThrownBy(connection::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(connection::rollback).isInstanceOf(IllegalStateException.class);
        }
        try (Connection<S> connection = database.get()) {
            write(connection.session(), "lost");
            connection.rollback();
            assertThatThrownBy(connection::rollback).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(connection::commit).isInstanceOf(IllegalStateException.class);
        }
        assertWritten(database, "kept");
        assertNotWritten(database, "lost");
    }
}
