package dev.regista;

import org.jspecify.annotations.Nullable;

/**
 * A unit of work that returns something.
 *
 * @param <S> the session it works with
 * @param <T> what it returns
 * @param <X> the checked exception it may throw; inferred as {@link RuntimeException} where it throws none
 */
@FunctionalInterface
public interface Work<S, T extends @Nullable Object, X extends Exception> {
    /**
     * Does the work. The session is valid only inside this call, and only on this thread.
     *
     * @param session the session of the unit of work; must not be closed or kept
     * @throws X to roll the unit back
     */
    T apply(S session) throws X;
}
