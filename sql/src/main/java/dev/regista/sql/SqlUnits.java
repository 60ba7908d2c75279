package dev.regista.sql;

import dev.regista.Units;
import java.sql.Connection;
import org.hibernate.Session;
import org.hibernate.StatelessSession;

/** Units of work on a SQL database, or on a part of it. */
public interface SqlUnits extends Units<Session> {
    /**
     * Units of work with Hibernate's stateless sessions: no persistence context, no dirty checking, every operation a
     * statement at once; for bulk work. A stateless unit inside an ordinary one, or the reverse, joins it: pending changes
     * are flushed first.
     */
    Units<StatelessSession> stateless();

    /**
     * Units of work with plain JDBC connections. The outcome belongs to the unit: {@code commit}, {@code rollback},
     * {@code setAutoCommit} and {@code abort} on the connection throw {@link IllegalStateException}, {@code close} does
     * nothing. A JDBC unit inside an ordinary one, or the reverse, joins it: pending changes are flushed first.
     *
     * <p>In a unit that has a schema or a tenant, <code>{h-schema}</code> before the name of a table stands for the schema
     * of that table. Other names are sent as they are.
     */
    Units<Connection> jdbc();

    /**
     * Calls an action once, when the unit of work that this thread has under way here has been committed and given back:
     * outside its transaction, on the thread that ends it, so that the action can begin units of its own. In a nested unit,
     * when the outermost has been committed, and not at all if the savepoint is rolled back; in one that is retried, after
     * the attempt that succeeds, if it was that one that asked. Any face of the unit will do: session, stateless, plain
     * JDBC.
     *
     * <p>What the action throws is logged at ERROR, and nobody gets it: the unit <em>is</em> committed, and the actions after
     * it are called all the same. Actions are called in the order given, before the listeners of {@link SqlDatabase#signals()}.
     *
     * @throws IllegalStateException if this thread has no unit under way here; one in its explicit form
     *     ({@link Units#get()}) is of no thread
     * @throws dev.regista.IncompatibleUnitException in a {@code read}, which has no transaction
     */
    void afterCommit(Runnable action);

    /**
     * Calls an action once, when the unit of work that this thread has under way here, or a savepoint in which this was
     * called, has been rolled back, and the outermost unit has been given back. What the action throws is logged at ERROR.
     * A commit whose answer is lost counts as rolled back.
     *
     * @throws IllegalStateException if this thread has no unit under way here
     * @throws dev.regista.IncompatibleUnitException in a {@code read}, which has no transaction
     */
    void afterRollback(Runnable action);
}
