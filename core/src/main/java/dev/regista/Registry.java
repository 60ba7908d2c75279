package dev.regista;

import dev.regista.model.ModelCallback;
import dev.regista.model.ModelPart;
import dev.regista.model.Models;
import dev.regista.model.Registration;
import dev.regista.model.Times;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The command centre of an application's databases: named databases, the models that live in each, and their life cycle.
 *
 * <pre>{@code
 * try (Registry registry = Registry.builder()
 *         .main(SqlDatabase.at("jdbc:h2:mem:shop").models(Customer.class))
 *         .extra("analytics", SqlDatabase.at(url).models(Event.class))
 *         .open()) {
 *     registry.main(SqlDatabase.class).run(session -> session.persist(new Customer("Ada")));
 * }
 * }</pre>
 *
 * <p>The main database is the default entry and is called {@value #MAIN}; every other one is an extra. Look-ups never fall
 * back from one to another: {@code find…} returns empty, the plain names throw and say what exists.
 *
 * <p>Safe for use by several threads. Look-ups take no lock; connecting, disconnecting, adding and removing are done one
 * after another. To build an own registry type, extend {@link DelegatingRegistry}.
 */
public interface Registry extends AutoCloseable {
    /** The name of the main database. */
    String MAIN = "main";

    /** Returns a builder for a registry. */
    static RegistryBuilder builder() {
        return new RegistryBuilder();
    }

    /**
     * Returns the main database.
     *
     * @throws UnknownDatabaseException if it has been removed
     */
    default Database<?> main() {
        return database(MAIN);
    }

    /**
     * Returns the main database as the given type.
     *
     * @throws UnknownDatabaseException if it has been removed
     * @throws WrongTypeException if it is of another type
     */
    default <D extends Database<?>> D main(Class<D> type) {
        return database(MAIN, type);
    }

    /**
     * Returns the database of that name.
     *
     * @throws UnknownDatabaseException if there is none
     */
    Database<?> database(String name);

    /**
     * Returns the database of that name as the given type.
     *
     * @throws UnknownDatabaseException if there is none
     * @throws WrongTypeException if it is of another type
     */
    <D extends Database<?>> D database(String name, Class<D> type);

    /** Returns the database of that name, or empty if there is none. */
    Optional<Database<?>> findDatabase(String name);

    /**
     * Returns the database a model lives in. A subclass of a model, such as an ORM's proxy, lives where the model lives.
     *
     * @throws UnmappedModelException if no database has it
     */
    Database<?> databaseOf(Class<?> model);

    /**
     * Returns the database a model lives in, as the given type.
     *
     * @throws UnmappedModelException if no database has the model
     * @throws WrongTypeException if the database is of another type
     */
    <D extends Database<?>> D databaseOf(Class<?> model, Class<D> type);

    /** Returns the database a model lives in, or empty if no database has it. */
    Optional<Database<?>> findDatabaseOf(Class<?> model);

    /**
     * Returns the databases by name, main first, then in the order declared or added. An independent copy: it does not
     * follow later changes.
     */
    Map<String, Database<?>> databases();

    /** Returns the models of all databases: to look them up, add and remove them. The same object each time. */
    Models models();

    /** As {@link #onModel(Class, Times, ModelCallback)}, called once. */
    default Registration onModel(Class<?> type, ModelCallback callback) {
        return onModel(type, Times.ONCE, callback);
    }

    /**
     * Calls a callback for the model of a class: at once if the registry has it, and, unless it was called and is called
     * once only, each time it is added, also by {@link #add adding} its database. For one model, those that are called once
     * come first, the latest of them foremost, and those for a model come before those for any.
     *
     * @param type the class itself, no subclass
     * @param times how often
     * @param callback what to call
     * @return what ends it
     * @throws ModelRefusedException if it failed for a model that is there; it is not registered, and nothing has changed
     */
    Registration onModel(Class<?> type, Times times, ModelCallback callback);

    /** As {@link #onModel(String, Times, ModelCallback)}, called once. */
    default Registration onModel(String name, ModelCallback callback) {
        return onModel(name, Times.ONCE, callback);
    }

    /**
     * As {@link #onModel(Class, Times, ModelCallback)}, for the model of a name, whichever class it is.
     *
     * @param name the name of the model
     * @param times how often
     * @param callback what to call
     */
    Registration onModel(String name, Times times, ModelCallback callback);

    /** As {@link #onAnyModel(Times, ModelCallback)}, called for each. */
    default Registration onAnyModel(ModelCallback callback) {
        return onAnyModel(Times.ALWAYS, callback);
    }

    /**
     * As {@link #onModel(Class, Times, ModelCallback)}, for all models. It is called at once for those that are there, by
     * kind: ordinary ones first, then those that were read from a database, then those of tenants. With {@link Times#ONCE}
     * that is all; if none was there, it is called for the first one that is added.
     *
     * @param times how often
     * @param callback what to call
     */
    Registration onAnyModel(Times times, ModelCallback callback);

    /**
     * Builds what databases build of their models at first use. Each is attempted; the first failure is thrown, the others
     * are suppressed onto it.
     *
     * @param parts what to build; all if none is given
     * @throws NotOpenException if a database is not open that has something to build
     */
    void initModels(ModelPart... parts);

    /**
     * Makes databases build it anew at the next use. Units of work under way keep what they use until they have ended;
     * what is then used by none is closed. Does nothing to databases that are not open.
     *
     * @param parts what to drop; all if none is given
     */
    void invalidateModels(ModelPart... parts);

    /**
     * Returns another registry over the same databases, not connected. It begins with the names, hooks and models of this
     * one, except models that were {@linkplain dev.regista.model.ModelKind#REFLECTED read from a database}, and with the
     * callbacks that wait here, which their {@link Registration}s do not end there. From then on, what is added, removed,
     * registered, connected or disconnected in one does not concern the other; what callbacks have changed about a model is
     * the database's, and so both have it.
     *
     * @return a registry of the same type
     */
    Registry copy();

    /** Whether this registry has been connected and not disconnected as often. */
    boolean isConnected();

    /**
     * Connects all databases, concurrently. If one fails, those that this call connected are disconnected again, the
     * failure of the one declared first is thrown, whichever failed first in time, and the others are suppressed onto it;
     * what another owner has open stays open. Connecting twice counts two references on each database.
     *
     * @throws OpenFailedException if a required database, or an open hook, failed
     * @throws ConfigurationException if the settings of a database cannot work
     */
    void connect();

    /** As {@link #connect()}, on a thread of its own. The future fails with what {@code connect()} would have thrown. */
    CompletableFuture<Void> connectAsync();

    /**
     * Undoes one {@link #connect()}: runs the registry's close hooks if it was the last, and disconnects all databases,
     * concurrently. Without a connect to undo it does nothing.
     *
     * @throws CloseFailedException the failure of the database declared first, others suppressed onto it; all databases
     *     have been disconnected all the same
     */
    void disconnect();

    /** As {@link #disconnect()}, on a thread of its own. */
    CompletableFuture<Void> disconnectAsync();

    /** As {@link #disconnect()}, for try-with-resources. */
    @Override
    default void close() {
        disconnect();
    }

    /**
     * Adds a database under a name while the registry is in use. If the registry is connected, the database is connected
     * before it can be looked up; if that fails, it is not added. Of two that race for one name, exactly one wins.
     *
     * @param name the name; neither blank nor taken
     * @param database its settings
     * @return the database
     * @throws ConfigurationException if the name is blank or taken, or a model, or one of its name, is in the registry
     * @throws ModelRefusedException if a callback failed for one of its models; it was not added
     * @throws OpenFailedException if it cannot be opened
     */
    default <D extends Database<?>> D add(String name, DatabaseBuilder<D> database) {
        return add(name, database.build(name));
    }

    /**
     * As {@link #add(String, DatabaseBuilder)}, with a database that is shared with others.
     *
     * @param database a database; if it is open, it stays open when the registry lets go of it
     */
    <D extends Database<?>> D add(String name, D database);

    /**
     * Takes a database out: look-ups stop finding it and its models at once, then the references this registry holds are
     * taken back, which, if they are the last, refuses new work, waits for the work under way and closes it.
     *
     * @return the database that was removed
     * @throws UnknownDatabaseException if there is none of that name
     * @throws CloseFailedException if closing failed; it has been removed and closed all the same
     */
    Database<?> remove(String name);

    /**
     * As {@link #remove(String)}, with another limit than the database's close timeout.
     *
     * @param drain how long to wait for the work under way; zero does not wait
     */
    Database<?> remove(String name, Duration drain);
}
