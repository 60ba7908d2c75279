package dev.regista.migrations.run;

/** A step failed. The message says which, where, with what, and what is left of it. */
public final class MigrationFailedException extends MigrationException {
    private static final long serialVersionUID = 1L;

    private final transient Step step;
    private final int statement;
    private final int line;

    MigrationFailedException(Step step, int statement, int line, String left, Throwable cause) {
        super(
                step
                        + (statement == 0
                                ? " failed: "
                                : ", statement " + statement + " in line " + line + ", failed: ")
                        + words(cause) + ". " + left,
                cause);
        this.step = step;
        this.statement = statement;
        this.line = line;
    }

    /** Returns what failed. */
    public Step step() {
        return step;
    }

    /** Returns which statement failed, counted from 1; 0 where the script is sent as a whole. */
    public int statement() {
        return statement;
    }

    /** Returns the line in which that statement begins, counted from 1; 0 where the script is sent as a whole. */
    public int line() {
        return line;
    }
}
