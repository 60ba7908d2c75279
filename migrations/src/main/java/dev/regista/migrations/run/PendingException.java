package dev.regista.migrations.run;

import java.util.List;

/** A check found migrations that have not run. */
public final class PendingException extends MigrationException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<Step> pending;

    /**
     * For some steps.
     *
     * @param pending at least one
     */
    public PendingException(List<Step> pending) {
        super(message(pending), null);
        this.pending = List.copyOf(pending);
    }

    private static String message(List<Step> pending) {
        List<String> shown = pending.stream().limit(SHOWN).map(Step::toString).toList();
        return (pending.size() == 1 ? "1 migration has" : pending.size() + " migrations have") + " not run: "
                + String.join(", ", shown) + (pending.size() > SHOWN ? ", …" : "");
    }

    /** Returns the steps that an upgrade would run. */
    public List<Step> pending() {
        return pending;
    }
}
