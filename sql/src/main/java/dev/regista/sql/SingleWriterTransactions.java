package dev.regista.sql;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.hibernate.HibernateException;
import org.hibernate.engine.jdbc.spi.JdbcCoordinator;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.jdbc.WorkExecutor;
import org.hibernate.jdbc.WorkExecutorVisitable;
import org.hibernate.jpa.spi.JpaCompliance;
import org.hibernate.resource.jdbc.spi.PhysicalConnectionHandlingMode;
import org.hibernate.resource.transaction.backend.jdbc.internal.JdbcResourceLocalTransactionCoordinatorBuilderImpl;
import org.hibernate.resource.transaction.spi.IsolationDelegate;
import org.hibernate.resource.transaction.spi.SynchronizationRegistry;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorOwner;
import org.hibernate.resource.transaction.spi.TransactionObserver;

/**
 * Transactions for SQLite, which has one writer at a time. Hibernate fetches ids from a table that stands in for a sequence
 * on a second connection, which here would wait for the unit's own lock, for ever. So that work is done inside the unit's
 * transaction. It is undone with it, therefore no ids may be kept in memory: see {@link Mapping}.
 */
final class SingleWriterTransactions implements TransactionCoordinatorBuilder {
    private static final long serialVersionUID = 1L;

    private final transient TransactionCoordinatorBuilder usual =
            new JdbcResourceLocalTransactionCoordinatorBuilderImpl();

    @Override
    public TransactionCoordinator buildTransactionCoordinator(TransactionCoordinatorOwner owner, Options options) {
        TransactionCoordinator coordinator = usual.buildTransactionCoordinator(owner, options);
        // While it starts, Hibernate uses something that is not a session yet, and needs no ids.
        return owner.getJdbcSessionOwner() instanceof SharedSessionContractImplementor session
                ? new Coordinator(coordinator, session, this)
                : coordinator;
    }

    @Override
    public boolean isJta() {
        return usual.isJta();
    }

    @Override
    public PhysicalConnectionHandlingMode getDefaultConnectionHandlingMode() {
        return usual.getDefaultConnectionHandlingMode();
    }

    private record Coordinator(
            TransactionCoordinator usual,
            SharedSessionContractImplementor session,
            TransactionCoordinatorBuilder builder)
            implements TransactionCoordinator {
        @Override
        public IsolationDelegate createIsolationDelegate() {
            return new InsideTheTransaction(session);
        }

        @Override
        public TransactionCoordinatorBuilder getTransactionCoordinatorBuilder() {
            return builder;
        }

        @Override
        public void explicitJoin() {
            usual.explicitJoin();
        }

        @Override
        public boolean isJoined() {
            return usual.isJoined();
        }

        @Override
        public void pulse() {
            usual.pulse();
        }

        @Override
        public TransactionDriver getTransactionDriverControl() {
            return usual.getTransactionDriverControl();
        }

        @Override
        public SynchronizationRegistry getLocalSynchronizations() {
            return usual.getLocalSynchronizations();
        }

        @Override
        public JpaCompliance getJpaCompliance() {
            return usual.getJpaCompliance();
        }

        @Override
        public boolean isActive() {
            return usual.isActive();
        }

        @Override
        public void addObserver(TransactionObserver observer) {
            usual.addObserver(observer);
        }

        @Override
        public void removeObserver(TransactionObserver observer) {
            usual.removeObserver(observer);
        }

        @Override
        public void setTimeOut(int seconds) {
            usual.setTimeOut(seconds);
        }

        @Override
        public int getTimeOut() {
            return usual.getTimeOut();
        }
    }

    private record InsideTheTransaction(SharedSessionContractImplementor session) implements IsolationDelegate {
        @Override
        public <T> T delegateWork(WorkExecutorVisitable<T> work, boolean transacted) {
            JdbcCoordinator jdbc = session.getJdbcCoordinator();
            try {
                return work.accept(
                        new WorkExecutor<>(), jdbc.getLogicalConnection().getPhysicalConnection());
            } catch (SQLException e) {
                throw session.getJdbcServices()
                        .getSqlExceptionHelper()
                        .convert(e, "could not do work in the transaction");
            }
        }

        @Override
        public <T> T delegateCallable(Callable<T> work, boolean transacted) {
            try {
                return work.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new HibernateException(e);
            }
        }
    }
}
