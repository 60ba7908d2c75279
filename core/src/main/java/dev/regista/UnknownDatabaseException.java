package dev.regista;

import java.util.Collection;
import java.util.List;

/** A database was asked for under a name that the registry does not have. Nothing falls back to the main database. */
public final class UnknownDatabaseException extends RegistaException {
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
    public UnknownDatabaseException(String asked, Collection<String> existing) {
        super("No database named '" + asked + "'. "
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
