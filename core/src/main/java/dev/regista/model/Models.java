package dev.regista.model;

import dev.regista.ConfigurationException;
import dev.regista.ModelCollisionException;
import dev.regista.ModelRefusedException;
import dev.regista.NotSupportedException;
import dev.regista.UnknownDatabaseException;
import dev.regista.UnknownModelException;
import dev.regista.UnmappedModelException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The models of a registry: those that its databases had when they were declared or added, and those that have arrived
 * since through this registry. All have one name space. Another registry that shares a database has models of its own:
 * what arrives here is mapped in the database, but not known there, and what leaves here stays mapped as long as another
 * registry has it.
 *
 * <p>A class that is listed with the models but is none itself, such as an abstract base, an embeddable or a converter, is
 * mapped with them and has no name here. Whether a class is a model its kind of database decides; where it does not, an
 * abstract class is none.
 *
 * <p>Safe for use by several threads. Look-ups take no lock; adding, removing and calling callbacks are done one after
 * another.
 */
public interface Models {
    /**
     * Returns the model of a class. A subclass of a model that is none itself, such as an ORM's proxy, has that model.
     *
     * @throws UnmappedModelException if no database has it
     */
    Model get(Class<?> type);

    /**
     * Returns the model of that name.
     *
     * @throws UnknownModelException if there is none
     */
    Model get(String name);

    /** Returns the model of a class, or of the class it is a subclass of; empty if no database has it. */
    Optional<Model> find(Class<?> type);

    /**
     * Returns the model of that name.
     *
     * @param among the kinds that are looked at; all if none is given
     */
    Optional<Model> find(String name, ModelKind... among);

    /**
     * Returns the models, in the databases' order, and in each in the order declared or added; last those that databases
     * bring of themselves. An independent copy.
     *
     * @param among the kinds wanted; all if none is given
     */
    List<Model> all(ModelKind... among);

    /** Returns the classes of all databases, models and what is mapped with them, in the databases' order. A copy. */
    Set<Class<?>> classes();

    /** As {@link #add(String, Collision, Class...)} with {@link Collision#FAIL}. */
    default List<Model> add(String database, Class<?>... types) {
        return add(database, Collision.FAIL, types);
    }

    /**
     * Adds models to a database, all or none. Callbacks are called before anyone can look the models up. An open database
     * whose models have been mapped maps them anew, together with the new ones, before anything changes: new units of work
     * use the new mapping, and those under way end with the one they began with.
     *
     * @param database the name of a database of this registry, open or not
     * @param collision what happens if the class or the name of one is there already, in whichever database
     * @param types the classes
     * @return the models that are there now for these classes: of {@link Collision#KEEP}, also those that stayed
     * @throws UnknownDatabaseException if there is no such database
     * @throws ModelCollisionException if one is there already; nothing has changed
     * @throws ModelRefusedException if callbacks failed; nothing has changed
     * @throws ConfigurationException if the database cannot map them; nothing has changed. What else a kind of database
     *     throws when it makes ready for them, such as creating tables, comes as it is
     * @throws NotSupportedException if the database cannot be given models
     */
    List<Model> add(String database, Collision collision, Class<?>... types);

    /**
     * Takes a class out of its database: it can no longer be looked up, and new units of work do not know it, unless
     * another registry that shares the database has it. What is stored stays.
     *
     * @return whether it was there
     * @throws ConfigurationException if the other models cannot be mapped without it; nothing has changed
     * @throws NotSupportedException if its database brings it of itself, such as content types
     */
    boolean remove(Class<?> type);

    /** As {@link #remove(Class)}, by name. */
    boolean remove(String name);
}
