package dev.regista;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One named database of one kind. Runs units of work on it, and opens and closes what they need: a pool, a driver, a
 * client.
 *
 * <p><b>Life cycle.</b> Making one does no I/O. {@link #connect()} and {@link #disconnect()} count references: the first
 * successful connect opens, the last disconnect closes, so that several registries can share one database. It can be
 * opened again after it has been closed. All methods are safe for use by several threads; a connect that meets another one
 * under way waits for it and shares its result.
 *
 * @param <S> the session that its units of work use
 */
public interface Database<S> extends Units<S>, AutoCloseable {
    /** Where a database is in its life cycle. */
    enum Status {
        /** Not open. */
        CLOSED,
        /** Being opened; open hooks may be running. */
        OPENING,
        /** In service. */
        OPEN,
        /** Connected, but its server cannot be reached; it is tried again in the background. */
        DOWN,
        /** Refuses new work, waits for the work under way, and closes. */
        CLOSING
    }

    /** Returns the name given when it was built; in a registry, the name it was declared under, unless it is shared. */
    String name();

    /**
     * Returns the model classes that live in this database, in the order declared or added. An independent copy: it does
     * not follow later changes.
     */
    Set<Class<?>> models();

    /** Returns the type of the sessions handed to units of work. */
    Class<S> sessionType();

    /**
     * Returns this database, seen as one whose sessions are of the given type.
     *
     * @throws WrongTypeException if they are not
     */
    default <T> Database<T> as(Class<T> sessionType) {
        if (!sessionType.isAssignableFrom(sessionType())) {
            throw new WrongTypeException("The session of database '" + name() + "'", sessionType, sessionType());
        }
        @SuppressWarnings(
                "unchecked") // a Database<S> only ever produces sessions; S is T or a subtype, as just checked
        Database<T> same = (Database<T>) this;
        return same;
    }

    /** Returns where this database is in its life cycle. */
    Status status();

    /** Whether units of work can be begun by anyone. */
    default boolean isOpen() {
        return status() == Status.OPEN;
    }

    /** Returns how many connects have not been undone by a disconnect. */
    int references();

    /** Returns who holds units of work under way, longest first. A look at a moving thing, for diagnosis. */
    List<Holder> holders();

    /**
     * Opens the database if no one has, and counts a reference. Opening checks that the server answers, within the
     * connect timeout, and runs the open hooks before anyone else can use the database.
     *
     * @return whether this call opened it
     * @throws OpenFailedException if it cannot be opened; nothing was counted, and nothing stays open
     * @throws ConfigurationException if the settings cannot work, such as a driver that is not on the class path
     */
    boolean connect();

    /**
     * As {@link #connect()}, on a thread of its own. The future fails with what {@code connect()} would have thrown;
     * cancelling it has no effect on the opening.
     */
    CompletableFuture<Boolean> connectAsync();

    /**
     * Takes one reference back, and closes the database if that was the last one: refuses new work, waits for the work
     * under way until the close timeout, runs the close hooks, and closes. Units that the calling thread itself has
     * under way are not waited for. Without a reference it does nothing.
     *
     * @return whether this call closed it
     * @throws CloseFailedException if a hook, or closing, failed; the database is closed all the same
     */
    boolean disconnect();

    /**
     * As {@link #disconnect()}, with another limit.
     *
     * @param drain how long to wait for the work under way; zero does not wait
     */
    boolean disconnect(Duration drain);

    /** As {@link #disconnect()}, on a thread of its own. */
    CompletableFuture<Boolean> disconnectAsync();

    /**
     * Closes at once, whatever the number of references, which becomes zero, and without waiting for the work under way,
     * which will fail. Says so in the log if there was any of either. The database can be opened again.
     *
     * @return whether this call closed it
     * @throws CloseFailedException if a hook, or closing, failed; the database is closed all the same
     */
    boolean forceDisconnect();

    /** As {@link #disconnect()}, for try-with-resources. */
    @Override
    default void close() {
        disconnect();
    }
}
