package dev.regista.sql.signal;

import java.util.Optional;
import org.hibernate.query.restriction.Restriction;

/**
 * A query that writes, to rows that no session has: HQL, criteria or native. Seen if it was made by the session or the
 * stateless session of a unit that began when a listener was there.
 *
 * @param <T> the model; {@link Object} where it is not known
 */
public interface Bulk<T> extends Signal {
    /** Returns what it does. */
    Operation operation();

    /** Returns the model whose rows it writes; {@code Object} for a native query. */
    Class<T> model();

    /** Returns HQL or SQL, or empty for criteria. */
    Optional<String> statement();

    /**
     * Lets it apply only to rows that meet a restriction too. Several are combined.
     *
     * @param restriction such as {@code Restriction.equal(Book_.sold, false)}
     * @throws dev.regista.NotSupportedException for inserts and native queries
     * @throws IllegalStateException if it has been executed already
     */
    void restrict(Restriction<? super T> restriction);

    /**
     * Leaves all rows as they are; the caller gets zero. Listeners that come later are not called before, but all are
     * afterwards.
     *
     * @throws IllegalStateException if it has been executed already
     */
    void skip();

    /** Whether a listener has skipped it. */
    boolean isSkipped();

    /** Returns how many rows were written; zero before, and if it was skipped. */
    int rows();
}
