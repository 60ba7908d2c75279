package dev.regista;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model class was asked for that no database of the registry lists, or used in a database that does not have it. Nothing was
 * sent.
 */
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

    /**
     * Says which model was used in a database that does not have it, and where it is.
     *
     * @param asked the class used
     * @param database the database it was used in
     * @param existing the models of that database
     * @param homes the databases that have it, as their registries call them
     * @param cause how that was found out
     */
    public UnmappedModelException(
            Class<?> asked, String database, Collection<Class<?>> existing, Collection<String> homes, Throwable cause) {
        super(
                "Database '" + database + "' does not have the model " + asked.getName() + ". "
                        + describe(Map.of(database, existing))
                        + (homes.isEmpty() ? "" : " The model lives in '" + String.join("' and in '", homes) + "'."),
                cause);
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
