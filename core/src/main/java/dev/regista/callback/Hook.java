package dev.regista.callback;

/**
 * Called when a registry or a database has opened, or is about to close.
 *
 * <p>An open hook runs before anyone else can use what was opened; a close hook runs when no new work is admitted any
 * more and the work under way has ended. In both, only the thread that runs the hook can use the database. A hook must not
 * connect, disconnect, add or remove what it is called for: that waits for the hook to end.
 *
 * @param <T> what is opened or closed
 */
@FunctionalInterface
public interface Hook<T> {
    /**
     * Runs the hook.
     *
     * @param subject what opened or is about to close
     * @throws Exception to say that the hook failed: a failing open hook undoes the opening, a failing close hook is
     *     reported after everything has been closed
     */
    void run(T subject) throws Exception;
}
