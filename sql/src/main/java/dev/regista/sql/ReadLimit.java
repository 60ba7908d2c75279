package dev.regista.sql;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.hibernate.TransactionException;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorOwner;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the time limit of a read. It has no transaction that could carry the limit, and Hibernate forgets one that is set on
 * the session after each statement: so it is set again before each.
 */
final class ReadLimit implements UnaryOperator<String> {
    private final long deadline;
    private final @Nullable StatementInspector next;
    private @Nullable TransactionCoordinatorOwner statements;

    /**
     * Begins now.
     *
     * @param next the inspector that the application configured, if it did
     */
    ReadLimit(Duration limit, @Nullable StatementInspector next) {
        this.deadline = System.nanoTime() + limit.toNanos();
        this.next = next;
    }

    void keepOn(SessionImplementor session) {
        this.statements = (TransactionCoordinatorOwner) session.getJdbcCoordinator();
    }

    @Override
    public String apply(String sql) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new TransactionException("timeout expired: the time limit of the read is over");
        }
        TransactionCoordinatorOwner owner = statements;
        if (owner != null) {
            owner.setTransactionTimeOut(
                    (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toSeconds(left + 999_999_999)));
        }
        String changed = next == null ? null : next.inspect(sql);
        return changed == null ? sql : changed;
    }
}
