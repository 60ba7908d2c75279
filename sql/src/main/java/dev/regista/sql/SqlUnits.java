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
}
