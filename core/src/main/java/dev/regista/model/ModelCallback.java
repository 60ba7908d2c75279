package dev.regista.model;

/**
 * Called with a model that is about to be added, or that is there already when the callback is registered.
 *
 * <p>Callbacks are called one at a time for each registry, in the thread that adds the model or registers the callback. A
 * model that is about to be added cannot be looked up yet. A callback may look models up, and register and unregister
 * callbacks; it must not add or remove models or databases, connect or disconnect, which is refused, and it must not wait
 * for another thread that does.
 */
@FunctionalInterface
public interface ModelCallback {
    /**
     * Looks at the model, or changes it by what its kind of database offers, such as {@code model.as(SqlModel.class)}.
     * Changes count if no callback fails, and can be made only during the call.
     *
     * @param model the model
     * @throws Exception to refuse the model; the other callbacks are called all the same
     */
    void run(Model model) throws Exception;
}
