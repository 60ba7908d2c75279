package dev.regista.spi;

import dev.regista.Registry;
import dev.regista.model.Model;
import dev.regista.model.ModelPart;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * A database whose models may arrive and leave, and which may work with others of the registries it is in. {@link
 * AbstractDatabase} is one; registries are who calls it. Safe for use
 * by several threads.
 */
public interface ModelHost {
    /**
     * Returns the model that a class is, or would be.
     *
     * @param database what the registry calls this database
     * @param type a class that is here, or is to be added
     * @return empty if the class is mapped with the models but is none
     * @throws dev.regista.ConfigurationException if it cannot be mapped here at all
     */
    Optional<Model> findModel(String database, Class<?> type);

    /**
     * As {@link #findModel}, for callbacks to change; what they change counts when it is given to
     * {@link #changeModels}.
     */
    Optional<Model> prepareModel(String database, Class<?> type);

    /**
     * Returns whether a class is here because this database needs it, whoever declares models. It never leaves, other
     * databases may have it too, and a model that somebody declared has its name before it. Default: none is.
     */
    default boolean brings(Class<?> type) {
        return false;
    }

    /**
     * Called when a registry has been built that this database is in, and when it is about to be added to one. Must do no
     * I/O, and must not keep the registry from being collected.
     *
     * @param registry the registry; not connected yet if it has just been built
     * @param classes those of the classes here that it has
     */
    void joined(Registry registry, Collection<Class<?>> classes);

    /** Called when a registry does not have this database any more. No class leaves. */
    void left(Registry registry);

    /**
     * Changes the models, all at once or not at all.
     *
     * @param registry for which they arrive and leave; one that another registry has too stays
     * @param arriving classes to add; those that are here already are just kept
     * @param leaving classes to take out
     * @param prepared models from {@link #prepareModel}, which stay or arrive, with their changes
     * @return what undoes it
     * @throws dev.regista.ConfigurationException if they cannot be mapped like that; nothing has changed
     */
    Runnable changeModels(
            Registry registry,
            Collection<Class<?>> arriving,
            Collection<Class<?>> leaving,
            Collection<? extends Model> prepared);

    /**
     * Builds what is built lazily.
     *
     * @throws dev.regista.NotOpenException if this database is not open and would have something to build
     */
    void initModels(Set<ModelPart> parts);

    /** Makes the next use build it anew; what units of work under way use stays until they have ended. */
    void invalidateModels(Set<ModelPart> parts);
}
