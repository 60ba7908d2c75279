package dev.regista.sql.reference;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The id of an object of a model that may live in another database: an attribute of an entity, in one column of the id's
 * own type, with an index and without a constraint. Nothing joins it; {@link dev.regista.sql.References} loads the object,
 * by a query of its own.
 *
 * <pre>{@code
 * @Entity
 * class Visit {
 *     @OnTargetDelete(Rule.CASCADE)
 *     Ref<Customer> customer;
 * }
 * }</pre>
 *
 * <p>Two are equal if they have the same id in the same hierarchy of entities. Immutable; safe for use by several threads.
 *
 * @param <T> the model; its id is one {@code Long}, {@code Integer}, {@code String} or {@code UUID}
 */
public final class Ref<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Class<T> target;
    private final Serializable id;

    private Ref(Class<T> target, Serializable id) {
        this.target = target;
        this.id = id;
    }

    /**
     * Returns a reference to an object. A proxy that has not been loaded stays so.
     *
     * @throws IllegalArgumentException if it is no entity with such an id, or has none yet: if the database gives it, the
     *     object must have been persisted
     */
    public static <T> Ref<T> to(T entity) {
        Class<T> type = Ids.typeOf(entity);
        Object id = Ids.idOf(entity);
        if (id == null) {
            throw new IllegalArgumentException("The " + type.getName() + " has no id yet: it has not been persisted");
        }
        return of(type, id);
    }

    /**
     * Returns a reference to the object that has an id. Whether there is one is not looked at.
     *
     * @throws IllegalArgumentException if the class is no entity with such an id, or the id is of another type
     */
    public static <T> Ref<T> of(Class<T> target, Object id) {
        Class<?> wanted = Ids.idType(target);
        if (!wanted.isInstance(id)) {
            throw new IllegalArgumentException("The id of " + target.getName() + " is a " + wanted.getSimpleName()
                    + ", not a " + id.getClass().getSimpleName());
        }
        return new Ref<>(target, (Serializable) id);
    }

    /**
     * Returns the type of the ids of a model, as an object's.
     *
     * @throws IllegalArgumentException if the class is no entity with such an id
     */
    public static Class<?> idType(Class<?> target) {
        return Ids.idType(target);
    }

    /** Returns the model. */
    public Class<T> target() {
        return target;
    }

    /** Returns the id. */
    public Object id() {
        return id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ref<?> ref && id.equals(ref.id) && Ids.root(target) == Ids.root(ref.target);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Returns model and id, such as {@code Customer#7}. */
    @Override
    public String toString() {
        return target.getSimpleName() + "#" + id;
    }
}
