package dev.regista;

import dev.regista.model.Model;

/** A model was added whose class or name the registry has already. Nothing has changed. */
public final class ModelCollisionException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final Class<?> asked;
    private final Class<?> existing;

    /**
     * Says which collided with which.
     *
     * @param asked the class that was to be added
     * @param existing the model that is there
     */
    public ModelCollisionException(Class<?> asked, Model existing) {
        this(asked, existing, existing.name());
    }

    private ModelCollisionException(Class<?> asked, Model existing, String name) {
        super("There is a model named '" + name + "' already: "
                + existing.type().getName() + " in database '" + existing.database() + "'; " + asked.getName()
                + " was not added.");
        this.asked = asked;
        this.existing = existing.type();
    }

    /** Returns the class that was to be added. */
    public Class<?> asked() {
        return asked;
    }

    /** Returns the class of the model that is there. */
    public Class<?> existing() {
        return existing;
    }
}
