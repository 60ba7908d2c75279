package dev.regista.object;

import dev.regista.Database;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Any object as a database: a client library, a cache, a file store. The registry opens and closes it with the others, and
 * its units of work get the object itself, or a session that is made from it for each unit.
 *
 * <pre>{@code
 * ObjectDatabase.of(client)                                          // each unit works with the client itself
 * ObjectDatabase.of(store, Tx.class, Store::begin)                   // each unit gets a transaction of its own,
 *         .commit(Tx::commit).rollback(Tx::rollback).release(Tx::end) // with an outcome and a release
 * ObjectDatabase.opening(Client.class, () -> new Client(address))    // made anew each time the database is opened
 *         .close(Client::close)
 * }</pre>
 *
 * <p>Read-only transactions, isolation levels, time limits and savepoints are refused with a
 * {@link dev.regista.NotSupportedException}, because nothing here could keep such a promise.
 *
 * @param <O> the object
 * @param <S> what units of work get
 */
public interface ObjectDatabase<O, S> extends Database<S> {
    /**
     * Returns a builder for an object that exists already; units of work get the object itself.
     *
     * @param object the object; used by several threads at once
     */
    static <O> ObjectDatabaseBuilder<O, O> of(O object) {
        Objects.requireNonNull(object, "object");
        @SuppressWarnings("unchecked") // the class of an O is a class of O or of a subtype
        Class<O> type = (Class<O>) object.getClass();
        return opening(type, () -> object);
    }

    /**
     * Returns a builder for an object that exists already; each unit of work gets a session made from it.
     *
     * @param object the object; used by several threads at once
     * @param sessionType the type of the sessions
     * @param newSession makes a session for one unit of work
     */
    static <O, S> ObjectDatabaseBuilder<O, S> of(
            O object, Class<S> sessionType, Function<? super O, ? extends S> newSession) {
        Objects.requireNonNull(object, "object");
        return opening(() -> object, sessionType, newSession);
    }

    /**
     * Returns a builder for an object that is made each time the database is opened; units of work get the object itself.
     *
     * @param type the type of the object
     * @param open makes the object; may do I/O
     */
    static <O> ObjectDatabaseBuilder<O, O> opening(Class<O> type, Callable<? extends O> open) {
        return opening(open, type, object -> object);
    }

    /**
     * Returns a builder for an object that is made each time the database is opened; each unit of work gets a session made
     * from it.
     *
     * @param open makes the object; may do I/O
     * @param sessionType the type of the sessions
     * @param newSession makes a session for one unit of work
     */
    static <O, S> ObjectDatabaseBuilder<O, S> opening(
            Callable<? extends O> open, Class<S> sessionType, Function<? super O, ? extends S> newSession) {
        return new ObjectDatabaseBuilder<>(open, sessionType, newSession);
    }

    /**
     * Returns the object.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    O object();
}
