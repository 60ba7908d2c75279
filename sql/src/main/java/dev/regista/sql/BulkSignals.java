package dev.regista.sql;

import dev.regista.sql.signal.Bulk;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;
import org.hibernate.query.spi.QueryImplementor;
import org.hibernate.query.spi.SqmQuery;
import org.hibernate.query.sql.spi.NativeQueryImplementor;
import org.hibernate.query.sqm.tree.SqmDmlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Makes signals of queries that write. Hibernate tells nobody of those, so a session that is watched is one in front of the
 * real one, whose queries are in front of the real ones.
 */
record BulkSignals(String database, Listeners<Bulk<Object>> before, Listeners<Bulk<Object>> after) {
    /** Returns a session whose queries are watched, if anybody listens; else the session itself. */
    <S> S watch(S session, Class<?>... types) {
        if (before.isEmpty() && after.isEmpty()) {
            return session;
        }
        @SuppressWarnings("unchecked") // one of the types is S
        S watched = (S) Proxy.newProxyInstance(BulkSignals.class.getClassLoader(), types, (proxy, method, args) -> {
            Object result = invoke(session, method, args);
            return result instanceof MutationQuery query && method.getName().startsWith("create")
                    ? watch(query, (SharedSessionContractImplementor) session)
                    : result;
        });
        return watched;
    }

    private MutationQuery watch(MutationQuery query, SharedSessionContractImplementor session) {
        Class<?> type;
        if (query instanceof NativeQuery<?>) {
            type = NativeQueryImplementor.class;
        } else if (query instanceof SqmQuery<?> sqm && sqm.getSqmStatement() instanceof SqmDmlStatement<?>) {
            type = QueryImplementor.class;
        } else {
            return query;
        }
        return (MutationQuery) Proxy.newProxyInstance(
                BulkSignals.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    if (method.getName().equals("executeUpdate")) {
                        return execute(new BulkSignal(database, session, query));
                    }
                    Object result = invoke(query, method, args);
                    return result == query ? proxy : result;
                });
    }

    private int execute(BulkSignal bulk) {
        List<Consumer<Bulk<Object>>> asked = before.of(bulk.model());
        List<Consumer<Bulk<Object>>> told = after.of(bulk.model());
        bulk.ask(asked, bulk);
        if (!bulk.isSkipped()) {
            bulk.execute();
        }
        bulk.tell(told, bulk);
        return bulk.rows();
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
