package dev.regista.migrations.run;

import java.util.List;
import java.util.stream.Collectors;

/** Files and history do not belong together. Nothing has been sent. Names every problem found. */
public final class ValidationException extends MigrationException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * For some problems.
     *
     * @param problems at least one
     */
    public ValidationException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining("; ")), null);
        this.problems = List.copyOf(problems);
    }

    /** Returns each problem on its own. */
    public List<Problem> problems() {
        return problems;
    }
}
