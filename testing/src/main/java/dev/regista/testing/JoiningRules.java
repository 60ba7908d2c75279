package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.regista.Connection;
import dev.regista.Database;
import dev.regista.IncompatibleUnitException;
import dev.regista.Isolation;
import dev.regista.NotSupportedException;
import dev.regista.RollbackOnlyException;
import dev.regista.testing.DatabaseKit.Feature;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Units of work inside units of work. */
abstract class JoiningRules<S> extends Rules<S> {
    private final IOException failure = new IOException("of the work");

    JoiningRules(DatabaseKit<S> kit) {
        super(kit);
    }

    @Test
    @DisplayName("An inner unit has the session of the outer one, and sees what that has written")
    void innerSeesOuter() throws Exception {
        Database<S> database = open();
        database.run(outer -> {
            write(outer, "outer");
            database.run(inner -> {
                assertThat(inner).isSameAs(outer);
                assertThat(exists(inner, "outer")).isTrue();
                write(inner, "inner");
            });
            assertThat(exists(outer, "inner")).isTrue();
            assertThat(database.holders()).hasSize(1);
        });
        assertWritten(database, "outer");
        assertWritten(database, "inner");
    }

    @Test
    @DisplayName("An inner unit commits nothing by itself: when the outer one fails, both are undone")
    void outerDecides() throws Exception {
        Database<S> database = open();
        assertThatThrownBy(() -> database.run(outer -> {
                    database.run(writing("inner"));
                    throw failure;
                }))
                .isSameAs(failure);
        assertNotWritten(database, "inner");
    }

    @Test
    @DisplayName("When an inner unit fails and nobody swallows it, the caller of the outer one gets that instance")
    void innerFailureArrives() throws Exception {
        Database<S> database = open();
        assertThatThrownBy(() -> database.run(outer -> {
                    write(outer, "outer");
                    database.run(inner -> {
                        throw failure;
                    });
                }))
                .isSameAs(failure);
        assertNotWritten(database, "outer");
    }

    @Test
    @DisplayName(
            "When the outer unit swallows an inner failure, it ends with RollbackOnlyException, and nothing is written")
    void swallowedFailureDooms() throws Exception {
        Database<S> database = open();
        assertThatThrownBy(() -> database.run(outer -> {
                    write(outer, "outer");
                    assertThat(catchThrowable(() -> database.run(inner -> {
                                write(inner, "inner");
                                throw failure;
                            })))
                            .isSameAs(failure);
                }))
                .isInstanceOf(RollbackOnlyException.class)
                .hasCause(failure);
        assertNotWritten(database, "outer");
        assertNotWritten(database, "inner");
        assertNothingHeld(database);
    }

    @Test
    @DisplayName("requiresNew() commits on its own, also when the surrounding unit fails later")
    void requiresNewCommitsOnItsOwn() throws Exception {
        Database<S> database = open();
        if (lacks(Feature.CONCURRENT_WRITERS)) {
            waitsInVain(database, () -> database.requiresNew().run(writing("inner")));
            return;
        }
        assertThatThrownBy(() -> database.run(outer -> {
                    database.requiresNew().run(writing("new"));
                    assertThat(database.holders()).hasSize(1);
                    write(outer, "outer");
                    throw failure;
                }))
                .isSameAs(failure);
        assertWritten(database, "new");
        assertNotWritten(database, "outer");
    }

    @Test
    @DisplayName("requiresNew() fails on its own: the surrounding unit may swallow that and commit")
    void requiresNewFailsOnItsOwn() throws Exception {
        Database<S> database = open();
        if (lacks(Feature.CONCURRENT_WRITERS)) {
            waitsInVain(database, () -> database.requiresNew().call(existing("inner")));
            return;
        }
        database.run(outer -> {
            assertThat(catchThrowable(() -> database.requiresNew().run(inner -> {
                        write(inner, "new");
                        throw failure;
                    })))
                    .isSameAs(failure);
            write(outer, "outer");
        });
        assertNotWritten(database, "new");
        assertWritten(database, "outer");
    }

    /** The surrounding unit keeps what it has meanwhile, so the inner one must fail, and not for ever wait. */
    private void waitsInVain(Database<S> database, ThrowingCallable inner) throws Exception {
        database.run(outer -> {
            write(outer, "outer");
            assertThat(exists(outer, "outer")).isTrue();
            assertThatThrownBy(inner).isInstanceOf(Exception.class);
            assertThat(database.holders()).hasSize(1);
        });
        assertWritten(database, "outer");
        assertThat(exists(database, "inner")).isFalse();
    }

    @Test
    @DisplayName("requiresNew() does not see what the surrounding unit has not committed")
    void requiresNewSeesCommittedOnly() throws Exception {
        Database<S> database = open();
        database.run(outer -> {
            write(outer, "outer");
            assertThat(exists(outer, "outer")).isTrue();
            assertNotWritten(database, "outer");
        });
    }

    @Test
    @DisplayName("A connection from get() never joins")
    void connectionNeverJoins() throws Exception {
        Database<S> database = open();
        if (lacks(Feature.CONCURRENT_WRITERS)) {
            waitsInVain(database, () -> {
                try (Connection<S> connection = database.get()) {
                    write(connection.session(), "inner");
                    connection.commit();
                }
            });
            return;
        }
        assertThatThrownBy(() -> database.run(outer -> {
                    try (Connection<S> connection = database.get()) {
                        assertThat(database.holders()).hasSize(2);
                        write(connection.session(), "explicit");
                        connection.commit();
                    }
                    throw failure;
                }))
                .isSameAs(failure);
        assertWritten(database, "explicit");
    }

    @Test
    @DisplayName(
            "nested() inside a unit is undone alone when it fails, and the outer unit may go on; or the kind refuses it")
    void nestedFailsAlone() throws Exception {
        Database<S> database = open();
        if (lacks(Feature.SAVEPOINTS)) {
            refusesNested(database);
            return;
        }
        database.run(outer -> {
            write(outer, "before");
            assertThat(catchThrowable(() -> database.nested().run(inner -> {
                        assertThat(exists(inner, "before")).isTrue();
                        write(inner, "nested");
                        assertThat(exists(inner, "nested")).isTrue();
                        throw failure;
                    })))
                    .isSameAs(failure);
            assertThat(exists(outer, "nested")).isFalse();
            write(outer, "after");
        });
        assertWritten(database, "before");
        assertNotWritten(database, "nested");
        assertWritten(database, "after");
    }

    @Test
    @DisplayName("nested() inside a unit that ends normally shares the outer one's outcome; or the kind refuses it")
    void nestedSharesTheOutcome() throws Exception {
        Database<S> database = open();
        if (lacks(Feature.SAVEPOINTS)) {
            refusesNested(database);
            return;
        }
        database.run(outer -> {
            database.nested().run(inner -> {
                write(inner, "kept");
                database.nested().run(writing("deeper"));
            });
            assertThat(exists(outer, "kept")).isTrue();
        });
        assertThatThrownBy(() -> database.run(outer -> {
                    database.nested().run(writing("lost"));
                    throw failure;
                }))
                .isSameAs(failure);
        assertWritten(database, "kept");
        assertWritten(database, "deeper");
        assertNotWritten(database, "lost");
    }

    private void refusesNested(Database<S> database) throws Exception {
        AtomicBoolean begun = new AtomicBoolean();
        database.run(outer -> {
            assertThatThrownBy(() -> database.nested().run(inner -> begun.set(true)))
                    .isInstanceOf(NotSupportedException.class);
            write(outer, "outer");
        });
        assertThat(begun).isFalse();
        assertWritten(database, "outer");
    }

    @Test
    @DisplayName("nested() without an outer unit is an ordinary unit")
    void nestedAloneIsOrdinary() throws Exception {
        Database<S> database = open();
        database.nested().run(writing("kept"));
        assertWritten(database, "kept");
        assertThatThrownBy(() -> database.nested().run(session -> {
                    write(session, "lost");
                    throw failure;
                }))
                .isSameAs(failure);
        assertNotWritten(database, "lost");
    }

    @Test
    @DisplayName("A read inside a unit joins it, and sees what that has not committed")
    void readJoins() throws Exception {
        Database<S> database = open();
        database.run(outer -> {
            write(outer, "key");
            assertThat(database.<Boolean, Exception>read(existing("key"))).isTrue();
            assertThat(database.holders()).hasSize(1);
        });
        assertWritten(database, "key");
    }

    @Test
    @DisplayName("Writing inside a read throws IncompatibleUnitException before anything is done")
    void writeInsideRead() throws Exception {
        Database<S> database = open();
        AtomicBoolean begun = new AtomicBoolean();
        assertThat(database.<Boolean, Exception>read(outer -> {
                    assertThatThrownBy(() -> database.run(inner -> begun.set(true)))
                            .isInstanceOf(IncompatibleUnitException.class);
                    assertThat(database.<Boolean, Exception>read(existing("key")))
                            .isFalse();
                    return true;
                }))
                .isTrue();
        assertThat(begun).isFalse();
        assertNothingHeld(database);
    }

    @Test
    @DisplayName("A unit of its own may write inside a read")
    void requiresNewInsideRead() throws Exception {
        Database<S> database = open();
        database.<Boolean, Exception>read(outer -> {
            database.requiresNew().run(writing("new"));
            return true;
        });
        assertWritten(database, "new");
    }

    @Test
    @DisplayName("More isolation than the outer unit has cannot be joined: IncompatibleUnitException")
    void isolationCannotGrow() throws Exception {
        Database<S> database = open();
        database.run(outer -> {
            assertThatThrownBy(() -> database.isolation(Isolation.SERIALIZABLE).run(writing("inner")))
                    .isInstanceOf(IncompatibleUnitException.class);
            write(outer, "outer");
        });
        assertThat(exists(database, "inner")).isFalse();
        assertWritten(database, "outer");
    }
}
