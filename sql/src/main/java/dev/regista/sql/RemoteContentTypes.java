package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content types in another database than their rows. There is no transaction over both; what can remain after a crash is a
 * content type without a row, and never the reverse: content types are committed before their rows, and deleted after them.
 */
final class RemoteContentTypes {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteContentTypes.class);

    private final ContentTypeNeighbours neighbours;
    private final String home;
    private final WeakIdentityMap<List<ContentType>> held = new WeakIdentityMap<>();

    RemoteContentTypes(ContentTypeNeighbours neighbours, String home) {
        this.neighbours = neighbours;
        this.home = home;
    }

    DefaultSqlDatabase home() {
        return neighbours.neighbour(home);
    }

    SessionFactoryImplementor factory() {
        return (SessionFactoryImplementor) home().sessionFactory();
    }

    /** Keeps a content type until the first row of the flush is inserted. */
    void hold(ContentType type, SharedSessionContractImplementor session) {
        List<ContentType> types = held.get(session);
        if (types == null) {
            types = new ArrayList<>();
            held.put(session, types);
        }
        types.add(type);
    }

    void sendHeld(SharedSessionContractImplementor session) {
        List<ContentType> types = held.remove(session);
        if (types != null) {
            store(types, session);
        }
    }

    /** Commits content types, and takes them back if the transaction of the session is rolled back. */
    void store(List<ContentType> types, SharedSessionContractImplementor session) {
        List<ContentType> all = List.copyOf(types);
        List<UUID> ids = all.stream().map(ContentType::id).toList();
        home().sharedStateless().run(stateless -> stateless.insertMultiple(all));
        AfterCompletionCallback callback = (isCommitted, completed) -> {
            if (!isCommitted) {
                delete(ids);
            }
        };
        session.getTransactionCompletionCallbacksImplementor().registerCallback(callback);
    }

    /** Deletes content types once the transaction of the session is committed. */
    void deleteAfterCommit(Collection<UUID> ids, SharedSessionContractImplementor session) {
        List<UUID> all = List.copyOf(ids);
        AfterCompletionCallback callback = (isCommitted, completed) -> {
            if (isCommitted) {
                delete(all);
            }
        };
        session.getTransactionCompletionCallbacksImplementor().registerCallback(callback);
    }

    /** The rows are decided: a failure here must not look like one of theirs. */
    private void delete(List<UUID> ids) {
        try {
            home().sharedStateless()
                    .run(stateless -> home().contentTypeSupport().deletes().deleteTypesAlone(ids, stateless));
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} content types remain in database '{}' without rows; removeOrphans() deletes them",
                    ids.size(),
                    home,
                    e);
        }
    }
}
