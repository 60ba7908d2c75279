package dev.regista;

import java.util.Collection;
import java.util.List;

/** A tenant that does not exist, or that this process does not know yet. Raised before anything is sent for it. */
public final class UnknownTenantException extends RegistaException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 10;

    private final String tenant;
    private final String database;

    /**
     * Names the tenant and some of those that exist.
     *
     * @param tenant what was asked for
     * @param database the database's name
     * @param existing the names that exist; the message shows the first ten
     */
    public UnknownTenantException(String tenant, String database, Collection<String> existing) {
        super("No tenant named '" + tenant + "' in database '" + database + "'. " + shown(existing));
        this.tenant = tenant;
        this.database = database;
    }

    private static String shown(Collection<String> existing) {
        List<String> first = existing.stream().sorted().limit(SHOWN).toList();
        return first.isEmpty()
                ? "There are none."
                : "There are " + existing.size() + ": " + String.join(", ", first)
                        + (existing.size() > SHOWN ? ", ..." : ".");
    }

    /** Returns the name that was asked for. */
    public String tenant() {
        return tenant;
    }

    /** Returns the name of the database. */
    public String database() {
        return database;
    }
}
