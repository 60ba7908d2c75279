package dev.regista;

import java.util.Collection;
import java.util.List;

/** A model was asked for by a name that no model of the registry has. */
public final class UnknownModelException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final String asked;

    @SuppressWarnings("serial") // List.copyOf is serializable when its elements are
    private final List<String> existing;

    /**
     * Says what was asked and what exists.
     *
     * @param asked the name asked for
     * @param existing the names the registry has, in their order
     */
    public UnknownModelException(String asked, Collection<String> existing) {
        super("No model named '" + asked + "'. "
                + (existing.isEmpty() ? "The registry has none." : "There are: " + String.join(", ", existing) + "."));
        this.asked = asked;
        this.existing = List.copyOf(existing);
    }

    /** Returns the name asked for. */
    public String asked() {
        return asked;
    }

    /** Returns the names that exist, in the registry's order. */
    public List<String> existing() {
        return existing;
    }
}
