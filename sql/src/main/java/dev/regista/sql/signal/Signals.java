package dev.regista.sql.signal;

import dev.regista.model.Registration;
import java.util.function.Consumer;

/**
 * The listeners of one database. A listener is for a model and what extends it; for all of them with {@code Object.class}.
 * There may be many; they are called in the order registered, and can be registered and unregistered at any time, also
 * while the database is open.
 *
 * <p>Listeners are called inside the unit of work, on its thread; see {@link Signal}. They see what Hibernate writes, in
 * sessions and stateless sessions: not what plain JDBC writes, nor what the database does by itself.
 *
 * <p>Where nobody listens, nothing is registered with Hibernate, and units of work cost what they cost without signals. A
 * listener to deletes makes Hibernate read an object that is removed without having been read.
 *
 * <p>Safe for use by several threads.
 */
public interface Signals {
    /** Calls a listener before an object is inserted, updated or upserted; it can change values, and skip it. */
    <T> Registration beforeSave(Class<T> model, Consumer<? super Save<T>> listener);

    /** Calls a listener after an object has been inserted, updated or upserted, or that has been skipped. */
    <T> Registration afterSave(Class<T> model, Consumer<? super Save<T>> listener);

    /** As {@link #beforeSave}, for updates only. */
    default <T> Registration beforeUpdate(Class<T> model, Consumer<? super Save<T>> listener) {
        return beforeSave(model, save -> {
            if (save.operation() == Operation.UPDATE) {
                listener.accept(save);
            }
        });
    }

    /** As {@link #afterSave}, for updates only. */
    default <T> Registration afterUpdate(Class<T> model, Consumer<? super Save<T>> listener) {
        return afterSave(model, save -> {
            if (save.operation() == Operation.UPDATE) {
                listener.accept(save);
            }
        });
    }

    /** Calls a listener before an object is deleted; it can skip that. */
    <T> Registration beforeDelete(Class<T> model, Consumer<? super Delete<T>> listener);

    /** Calls a listener after an object has been deleted, or that has been skipped. */
    <T> Registration afterDelete(Class<T> model, Consumer<? super Delete<T>> listener);

    /**
     * Calls a listener before a query writes rows of a model; it can restrict it, and skip it. Native queries are for
     * {@code Object.class}. For units that begin afterwards.
     */
    <T> Registration beforeBulk(Class<T> model, Consumer<? super Bulk<T>> listener);

    /** Calls a listener after a query has written rows of a model, or that has been skipped. For units that begin afterwards. */
    <T> Registration afterBulk(Class<T> model, Consumer<? super Bulk<T>> listener);

    /** Calls a listener before links are added to a many-to-many collection of a model, or removed from it. */
    <T> Registration beforeRelation(Class<T> model, Consumer<? super RelationChange<T>> listener);

    /** Calls a listener after links have been added to a many-to-many collection of a model, or removed from it. */
    <T> Registration afterRelation(Class<T> model, Consumer<? super RelationChange<T>> listener);

    /**
     * Calls a listener each time a unit of work with a transaction has been committed, plain JDBC included, and given
     * back. It can begin units of its own. What it throws is logged: the unit is committed, and the other listeners are
     * called. {@link dev.regista.sql.SqlUnits#afterCommit} is for one unit.
     */
    Registration afterCommit(Consumer<? super UnitEnd> listener);

    /**
     * Calls a listener each time a unit of work with a transaction has been rolled back and given back; of one that is
     * retried, after each attempt that failed. For a nested unit, when the outermost one has ended, however that ends. What
     * it throws is logged.
     */
    Registration afterRollback(Consumer<? super UnitEnd> listener);
}
