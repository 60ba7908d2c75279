package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Database;
import dev.regista.spi.AbstractDatabaseBuilder;
import dev.regista.spi.Failures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What every kind of {@link Database} promises, as tests: a kind extends this class, says how to make a database, to write
 * and to look, and inherits the tests.
 *
 * <pre>{@code
 * class StoreKitTest extends DatabaseKit<Tx> {
 *     @Override
 *     protected ObjectDatabaseBuilder<Store, Tx> database() {
 *         return ObjectDatabase.of(new Store(), Tx.class, Store::begin).commit(Tx::commit).rollback(Tx::rollback);
 *     }
 *
 *     @Override
 *     protected void write(Tx session, String key) {
 *         session.put(key);
 *     }
 *
 *     @Override
 *     protected boolean exists(Tx session, String key) {
 *         return session.contains(key);
 *     }
 * }
 * }</pre>
 *
 * <p>What a kind cannot do, it lists in {@link #lacks()}; the kit then checks that it refuses that as documented. No test is
 * ever skipped. A {@link LeakChecker} watches each test, so these tests must not run in parallel in one JVM.
 *
 * <p>Needs a kind that can have at least nine units of work under way, be it that those that write wait for each other.
 *
 * @param <S> the session
 */
public abstract class DatabaseKit<S> {
    /** What some kinds cannot do. */
    public enum Feature {
        /** Undoing what a unit wrote, and keeping it from others until then. Without it, what is written stays. */
        ROLLBACK,
        /** {@link dev.regista.Units#nested()} inside another unit. Without it, refused. */
        SAVEPOINTS,
        /** {@link dev.regista.Units#readOnly()}. Without it, refused. */
        READ_ONLY,
        /** {@link dev.regista.Units#isolation} and snapshots. Without it, refused. */
        ISOLATION,
        /** {@link dev.regista.Units#timeout}. Without it, refused. */
        TIMEOUT,
        /** Several units that write under way at a time. Without it, the second waits, and fails if that is in vain. */
        CONCURRENT_WRITERS,
        /** Noticing that the work of a read has written. Without it, that is dropped silently. */
        READ_CHECK
    }

    /** Longer than anything here takes, shorter than anyone's patience. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final LeakChecker leaks = new LeakChecker();

    private final Deque<AutoCloseable> afterwards = new ArrayDeque<>();
    private @Nullable Database<S> built;

    /** For subclasses. */
    protected DatabaseKit() {}

    /**
     * Returns a builder for a database over an empty store that no other test sees. Called once per test; what has to be
     * closed after the test goes to {@link #closeAfterwards}.
     *
     * @throws Exception to fail the test
     */
    protected abstract AbstractDatabaseBuilder<? extends Database<S>, ?> database() throws Exception;

    /**
     * Writes something new under a key; may be deferred until the unit flushes.
     *
     * @param session of a unit of work
     * @param key letters, digits and dashes, at most 40; not written before in this test, unless that was undone
     * @throws Exception to fail the unit
     */
    protected abstract void write(S session, String key) throws Exception;

    /**
     * Looks into the store whether the key has been written, seen from this unit.
     *
     * @param session of a unit of work
     * @param key the key
     * @throws Exception to fail the unit
     */
    protected abstract boolean exists(S session, String key) throws Exception;

    /** Returns what this kind cannot do. Default: nothing. */
    protected Set<Feature> lacks() {
        return Set.of();
    }

    /**
     * Returns how many of the kind's own resources, such as the connections of a pool, are in the hands of units of work
     * just now. Default: none, which leaves that to the {@link LeakChecker}.
     *
     * @param database one that {@link #database()} has built; open
     */
    protected int held(Database<S> database) {
        return 0;
    }

    /** Returns texts that must not appear anywhere, such as the password in use. Default: none. */
    protected Set<String> secrets() {
        return Set.of();
    }

    /**
     * Closes something at the end of the test, after its database has been closed.
     *
     * @param resource closed in reverse of the order given
     * @return the resource
     */
    protected final <T extends AutoCloseable> T closeAfterwards(T resource) {
        afterwards.push(resource);
        return resource;
    }

    final Database<S> build(Consumer<AbstractDatabaseBuilder<? extends Database<S>, ?>> settings) throws Exception {
        AbstractDatabaseBuilder<? extends Database<S>, ?> builder = database();
        settings.accept(builder);
        Database<S> database = builder.build("kit");
        built = leaks.watch(
                database,
                "the database, or a unit of work on it",
                () -> database.status() == Database.Status.CLOSED
                        && database.holders().isEmpty());
        return database;
    }

    final void assertNothingHeld(Database<S> database) {
        assertThat(database.holders()).as("units of work under way").isEmpty();
        if (database.isOpen()) {
            assertThat(held(database)).as("resources that units hold").isZero();
        }
    }

    @AfterEach
    final void closeEverything() {
        // An interrupt that a test left behind must not spoil the closing.
        Thread.interrupted();
        Failures failures = new Failures();
        Database<S> database = built;
        if (database != null) {
            failures.attempt(() -> assertNothingHeld(database));
            failures.attempt(database::forceDisconnect);
        }
        afterwards.forEach(resource -> failures.attempt(resource::close));
        Throwable failure = failures.first();
        if (failure != null) {
            throw new AssertionError("Left behind, or not closed: " + failure, failure);
        }
    }

    @Nested
    @DisplayName("Life cycle")
    class LifeCycle extends LifeCycleRules<S> {
        LifeCycle() {
            super(DatabaseKit.this);
        }
    }

    @Nested
    @DisplayName("Scope")
    class Scope extends ScopeRules<S> {
        Scope() {
            super(DatabaseKit.this);
        }
    }

    @Nested
    @DisplayName("Outcome")
    class Outcome extends OutcomeRules<S> {
        Outcome() {
            super(DatabaseKit.this);
        }
    }

    @Nested
    @DisplayName("Joining")
    class Joining extends JoiningRules<S> {
        Joining() {
            super(DatabaseKit.this);
        }
    }

    @Nested
    @DisplayName("Release")
    class Release extends ReleaseRules<S> {
        Release() {
            super(DatabaseKit.this);
        }
    }

    @Nested
    @DisplayName("Close")
    class Close extends CloseRules<S> {
        Close() {
            super(DatabaseKit.this);
        }
    }

    @Nested
    @DisplayName("Concurrency")
    class Concurrency extends ConcurrencyRules<S> {
        Concurrency() {
            super(DatabaseKit.this);
        }
    }

    @Nested
    @DisplayName("Errors")
    class Errors extends ErrorRules<S> {
        Errors() {
            super(DatabaseKit.this);
        }
    }
}
