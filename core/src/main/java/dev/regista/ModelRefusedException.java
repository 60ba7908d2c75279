package dev.regista;

/**
 * A callback failed for a model: the models of the call were not added, or the callback was not registered, and nothing
 * that callbacks did to them counts. The cause is the first failure; those of other callbacks are suppressed onto it.
 */
public final class ModelRefusedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final String model;

    /**
     * Names the model.
     *
     * @param model the name of the first model for which a callback failed
     * @param cause the first failure
     */
    public ModelRefusedException(String model, Throwable cause) {
        super("A callback failed for the model '" + model + "', and nothing was changed: " + cause, cause);
        this.model = model;
    }

    /** Returns the name of the first model for which a callback failed. */
    public String model() {
        return model;
    }
}
