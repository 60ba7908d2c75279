package dev.regista;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** A model class was asked for that no database of the registry lists. */
public final class UnmappedModelException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final Class<?> asked;

    /**
     * Says which model was asked for and which models each database has.
     *
     * @param asked the class asked for
     * @param existing the models of each database, by the database's name
     */
    public UnmappedModelException(Class<?> asked, Map<String, ? extends Collection<Class<?>>> existing) {
        super("No database has the model " + asked.getName() + ". " + describe(existing));
        this.asked = asked;
    }

    /** Returns the class asked for. */
    public Class<?> asked() {
        return asked;
    }

    private static String describe(Map<String, ? extends Collection<Class<?>>> existing) {
        return existing.entrySet().stream()
                .map(entry -> "'" + entry.getKey() + "' has "
                        + (entry.getValue().isEmpty()
                                ? "none"
                                : entry.getValue().stream()
                                        .map(Class::getSimpleName)
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("; ", "", "."));
    }
}
