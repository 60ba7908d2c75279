package dev.regista.sql;

import dev.regista.spi.Unit;
import java.sql.Connection;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionImplementor;

/**
 * A unit of work with three faces on one transaction: a session, a stateless session, and a plain connection, each made
 * when it is first asked for. Asking for one flushes what is pending in the others.
 */
interface SqlUnit extends Unit<Session> {
    @Override
    SessionImplementor session();

    StatelessSession stateless();

    /** Returns the connection for the work: the outcome cannot be decided on it. */
    Connection jdbc();

    /** Returns the connection itself. */
    Connection connection();
}
