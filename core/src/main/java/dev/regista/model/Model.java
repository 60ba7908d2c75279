package dev.regista.model;

import dev.regista.WrongTypeException;

/**
 * A class that a registry has as a model. Immutable, except for a callback while it is called with it. Two are equal if
 * they are of the same class in the same database.
 */
public interface Model {
    /**
     * Returns the name: the one that its kind of database gives it (of a SQL database, the entity's name), or else the
     * simple name of the class. No two models of a registry have the same.
     */
    String name();

    /** Returns the class. */
    Class<?> type();

    /** Returns the name of the database it lives in, as the registry calls it. */
    String database();

    /** Returns its kind. */
    ModelKind kind();

    /**
     * Returns this model as what its kind of database makes of it.
     *
     * @throws WrongTypeException if it is in another kind of database
     */
    default <M extends Model> M as(Class<M> modelType) {
        if (!modelType.isInstance(this)) {
            throw new WrongTypeException("The model '" + name() + "'", modelType, getClass());
        }
        return modelType.cast(this);
    }
}
