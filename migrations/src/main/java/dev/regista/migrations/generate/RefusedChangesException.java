package dev.regista.migrations.generate;

import dev.regista.RegistaException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** Changes that the models ask for, but that are dangerous, or that the database cannot do. Names all of them. */
public final class RefusedChangesException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /** Why a change is refused. */
    public enum Reason {
        /** What is in a table, a column or a sequence would be lost. */
        LOSES_DATA,
        /** A table with rows would have to have a value that nobody knows. */
        NEEDS_VALUE,
        /** Not every value fits into the new type. */
        NARROWS,
        /** Values have to be converted. */
        CONVERTS,
        /** This database cannot do it. */
        NOT_POSSIBLE
    }

    /**
     * A change that is refused.
     *
     * @param reason why
     * @param what what would be changed: a table or sequence, or {@code table.column}
     * @param explanation what would happen, and what allows it
     */
    public record Refusal(Reason reason, String what, String explanation) implements Serializable {}

    @SuppressWarnings("serial") // List.copyOf is serializable when its elements are
    private final List<Refusal> refusals;

    @SuppressWarnings("serial")
    private final List<String> possibleRenames;

    /**
     * Names the changes.
     *
     * @param database the database's name
     * @param refusals at least one
     * @param possibleRenames what may not be gone, but be called otherwise, each as {@code old=new}
     */
    public RefusedChangesException(String database, List<Refusal> refusals, List<String> possibleRenames) {
        super("On database '" + database + "', the models ask for changes that are refused: "
                + refusals.stream()
                        .map(refusal -> refusal.what() + " — " + refusal.explanation())
                        .collect(Collectors.joining("; ")));
        this.refusals = List.copyOf(refusals);
        this.possibleRenames = List.copyOf(possibleRenames);
    }

    /** Returns each change on its own, in the order in which they would be made. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /**
     * Returns what may not be gone, but be called otherwise: columns of one table and type, tables of the same columns. Each
     * in the form of {@link GeneratorOptions.Builder#rename}.
     */
    public List<String> possibleRenames() {
        return possibleRenames;
    }
}
