package dev.regista.sql.contenttype;

import dev.regista.RegistaException;
import java.util.Collection;
import java.util.TreeSet;

/** A content type names a model that does not exist any more, or that has no content types any more. */
public final class UnknownModelException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final String model;

    /**
     * Says which model was asked for and which there are.
     *
     * @param type the content type
     * @param database the database's name
     * @param models the names of the models that have content types there
     */
    public UnknownModelException(ContentType type, String database, Collection<String> models) {
        super("The " + type + " is of a model that database '" + database
                + "' has not got; those that have content types: " + String.join(", ", new TreeSet<>(models)));
        this.model = type.name();
    }

    /** Returns the name of the model. */
    public String model() {
        return model;
    }
}
