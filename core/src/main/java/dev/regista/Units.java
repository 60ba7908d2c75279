package dev.regista;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs units of work. A {@link Database} is one with default settings; the methods that return another {@code Units}
 * state how the next units differ and leave this one as it is.
 *
 * <p><b>Outcome.</b> {@link #run} and {@link #call} flush, commit, and always release. On any throwable they roll back,
 * and the caller gets that very throwable; failures of the rollback and of the release are suppressed onto it.
 *
 * <p><b>Joining.</b> A {@code run}, {@code call} or {@code read} inside another one on the same thread and database joins
 * it: same session, same transaction, outcome decided by the outermost. If a joined unit fails and the outer one swallows
 * that, the outer one is rolled back and ends with a {@link RollbackOnlyException}. A unit that asks for more than the
 * surrounding one can give, such as writing inside a read, fails with an {@link IncompatibleUnitException} before
 * anything is sent. With another database, schema or tenant it is a unit of its own, with its own connection, and commits
 * on its own.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * <p>All methods that begin a unit throw {@link NotOpenException} if the database is not open,
 * {@link DatabaseDownException} if it need not be up and is down, and {@link PoolExhaustedException} if no connection
 * becomes free in time.
 *
 * @param <S> the session a unit works with
 */
public interface Units<S> {
    /**
     * Runs a unit of work and commits it.
     *
     * @param action the work; not retained
     * @throws X what the work threw, after a rollback
     * @throws RollbackOnlyException if the work swallowed the failure of a unit that had joined it
     */
    default <X extends Exception> void run(Action<? super S, X> action) throws X {
        this.<Boolean, X>call(session -> {
            action.apply(session);
            return true;
        });
    }

    /**
     * Runs a unit of work, commits it, and returns its result.
     *
     * @param work the work; not retained
     * @return what the work returned; what it loaded stays readable
     * @throws X what the work threw, after a rollback
     * @throws RollbackOnlyException if the work swallowed the failure of a unit that had joined it
     */
    <T extends @Nullable Object, X extends Exception> T call(Work<? super S, ? extends T, X> work) throws X;

    /**
     * Runs a unit of work that only reads, without a transaction: no round trip is spent on beginning or committing one.
     * Each statement sees what was committed when it began, as at READ COMMITTED. Where several statements must see one
     * instant, use {@link #snapshot}. Inside another unit it joins that one and sees its uncommitted changes.
     *
     * @param work the work; what it changes in loaded objects is not written
     * @throws X what the work threw
     * @throws IncompatibleUnitException if the work added or removed objects: nothing was written
     */
    <T extends @Nullable Object, X extends Exception> T read(Work<? super S, ? extends T, X> work) throws X;

    /**
     * Runs a unit of work that only reads, and whose statements all see one instant: a read-only transaction at
     * {@link Isolation#REPEATABLE_READ}, or as near as the database has it.
     *
     * @param work the work; what it changes in loaded objects is not written
     * @throws X what the work threw
     * @throws NotSupportedException if this kind of database has no snapshots
     */
    default <T extends @Nullable Object, X extends Exception> T snapshot(Work<? super S, ? extends T, X> work)
            throws X {
        return readOnly().isolation(Isolation.REPEATABLE_READ).call(work);
    }

    /**
     * Begins a unit of work in its explicit form. Always a fresh one, never joined to another. The caller closes it, on
     * any thread; closing it without {@link Connection#commit()} rolls back.
     */
    Connection<S> get();

    /**
     * Units that never join: each is one of its own, with its own connection, and commits on its own. Mind that the
     * surrounding unit keeps its connection meanwhile.
     */
    Units<S> requiresNew();

    /**
     * Units that, inside another unit, can fail on their own: a failure rolls back to a savepoint, and the outer unit may
     * go on. They work with a session of their own on the outer unit's connection. Without an outer unit, they are
     * ordinary ones. A unit of a kind without savepoints fails with {@link NotSupportedException}.
     */
    Units<S> nested();

    /** Units in a read-only transaction: writes are refused by the database where it can, and never sent by the session. */
    Units<S> readOnly();

    /**
     * Units at the given isolation, instead of the database's default.
     *
     * @param isolation the least isolation wanted; a database that lacks a level takes the next stronger one
     */
    Units<S> isolation(Isolation isolation);

    /**
     * Units that take at most this long in the database: a statement that would go on past the limit is cancelled, and
     * none is begun after it. A unit that joins another is held to the other's limit, not to this one.
     *
     * @param limit more than zero; where the driver counts in seconds, rounded up to whole ones
     */
    Units<S> timeout(Duration limit);

    /**
     * Units that are run again from the beginning when the database refused them because of others running at the same
     * time: serialization failures and deadlocks, nothing else. Between attempts a random, growing pause is made. Only an
     * outermost {@code run}, {@code call} or {@code read} is run again, never a joined or nested one, and always all of it.
     *
     * @param retries how often at most after the first attempt, 0 to 100
     */
    Units<S> retrying(int retries);
}
