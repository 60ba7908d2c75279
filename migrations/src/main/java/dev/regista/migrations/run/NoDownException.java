package dev.regista.migrations.run;

/** A migration was to be taken back that has no down script. Nothing of it has been sent. */
public final class NoDownException extends MigrationException {
    private static final long serialVersionUID = 1L;

    private final String script;

    NoDownException(Place place, String script, String wanted) {
        super(script + " cannot be taken back in " + place + ": there is no " + wanted, null);
        this.script = script;
    }

    /** Returns the migration. */
    public String script() {
        return script;
    }
}
