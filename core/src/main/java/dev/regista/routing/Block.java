package dev.regista.routing;

import org.jspecify.annotations.Nullable;

/**
 * Code that runs with a tenant or a schema.
 *
 * @param <T> what it returns
 * @param <X> the checked exception it may throw; inferred as {@link RuntimeException} where it throws none
 */
@FunctionalInterface
public interface Block<T extends @Nullable Object, X extends Exception> {
    /**
     * Runs the code.
     *
     * @throws X whatever it likes
     */
    T run() throws X;

    /**
     * Code that returns nothing.
     *
     * @param <X> the checked exception it may throw
     */
    @FunctionalInterface
    interface OfNothing<X extends Exception> {
        /**
         * Runs the code.
         *
         * @throws X whatever it likes
         */
        void run() throws X;
    }
}
