package dev.regista;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** No connection of a database's pool became free in time. The message says who holds the connections and since when. */
public final class PoolExhaustedException extends RegistaException {
    private static final long serialVersionUID = 1L;

    private final transient List<Holder> holders;

    /**
     * Says how long was waited and who holds what.
     *
     * @param database the database's name
     * @param limit how many connections the pool may have
     * @param waited how long the caller waited
     * @param holders the units of work under way
     * @param cause what the pool raised, if anything
     */
    public PoolExhaustedException(
            String database, int limit, Duration waited, List<Holder> holders, @Nullable Throwable cause) {
        this(database, "pool of " + limit, waited, holders, cause);
    }

    /**
     * Says how long was waited, for what, and who holds what.
     *
     * @param database the database's name
     * @param limit the limit that has been reached, in words
     * @param waited how long the caller waited
     * @param holders the units of work under way
     * @param cause what the pool raised, if anything
     */
    public PoolExhaustedException(
            String database, String limit, Duration waited, List<Holder> holders, @Nullable Throwable cause) {
        super(
                "No connection of database '" + database + "' became free within " + waited.toMillis() + " ms (" + limit
                        + "). Held by:" + describe(holders),
                cause);
        this.holders = List.copyOf(holders);
    }

    /** Returns the units of work that were under way, longest first; empty after deserialization. */
    public List<Holder> holders() {
        return holders == null ? List.of() : holders;
    }

    private static String describe(List<Holder> holders) {
        return holders.isEmpty()
                ? " nobody that Regista knows of"
                : holders.stream().map(holder -> "\n  " + holder).collect(Collectors.joining());
    }
}
