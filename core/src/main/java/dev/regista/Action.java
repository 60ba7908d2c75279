package dev.regista;

/**
 * A unit of work that returns nothing.
 *
 * @param <S> the session it works with
 * @param <X> the checked exception it may throw; inferred as {@link RuntimeException} where it throws none
 */
@FunctionalInterface
public interface Action<S, X extends Exception> {
    /**
     * Does the work. The session is valid only inside this call, and only on this thread.
     *
     * @param session the session of the unit of work; must not be closed or kept
     * @throws X to roll the unit back
     */
    void apply(S session) throws X;
}
