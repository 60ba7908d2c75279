package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * A stateless session that stores the content types of many rows before the rows, and deletes them after, so that each is a
 * batch. One by one, they would take turns in batches of one.
 */
final class StatelessBatches implements InvocationHandler {
    private final StatelessSession session;
    private final ContentTypeSupport support;

    private StatelessBatches(StatelessSession session, ContentTypeSupport support) {
        this.session = session;
        this.support = support;
    }

    static StatelessSession over(StatelessSession session, @Nullable ContentTypeSupport support) {
        if (support == null) {
            return session;
        }
        Set<Class<?>> faces = new LinkedHashSet<>();
        for (@Nullable Class<?> type = session.getClass(); type != null; type = type.getSuperclass()) {
            faces.addAll(List.of(type.getInterfaces()));
        }
        return (StatelessSession) Proxy.newProxyInstance(
                StatelessBatches.class.getClassLoader(),
                faces.toArray(Class<?>[]::new),
                new StatelessBatches(session, support));
    }

    /** Returns the session itself. */
    static SharedSessionContract behind(SharedSessionContract session) {
        return Proxy.isProxyClass(session.getClass())
                        && Proxy.getInvocationHandler(session) instanceof StatelessBatches batches
                ? batches.session
                : session;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        List<?> many =
                arguments != null && arguments.length == 1 && arguments[0] instanceof List<?> list ? list : List.of();
        return switch (method.getName()) {
            case "insertMultiple" -> insert(many, method, arguments);
            case "deleteMultiple" -> delete(many, method, arguments);
            default -> call(method, arguments);
        };
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(session, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private @Nullable Object insert(List<?> entities, Method method, Object @Nullable [] arguments) throws Throwable {
        storeTypes(entities);
        try {
            return call(method, arguments);
        } finally {
            entities.forEach(support.maker()::takeMade);
        }
    }

    private @Nullable Object delete(List<?> entities, Method method, Object @Nullable [] arguments) throws Throwable {
        support.events().beginMany(ids(entities), implementor());
        try {
            Object result = call(method, arguments);
            support.events().deletePending(implementor());
            return result;
        } finally {
            support.events().forget(implementor());
        }
    }

    private SharedSessionContractImplementor implementor() {
        return (SharedSessionContractImplementor) session;
    }

    private void storeTypes(List<?> entities) {
        List<ContentType> all = new ArrayList<>();
        for (Object entity : entities) {
            EntityPersister persister = implementor().getEntityPersister(null, entity);
            ContentTypeLink link = support.maker().link(persister);
            if (link != null && !hasOne(entity, persister, link)) {
                ContentType type = support.maker().make(link.root(), entity, null, null, implementor());
                support.maker().keepMade(entity, type);
                all.add(type);
            }
        }
        if (!all.isEmpty()) {
            support.rows().insert(all, implementor());
        }
    }

    private static boolean hasOne(Object entity, EntityPersister persister, ContentTypeLink link) {
        return link.isField() && persister.getPropertyValue(entity, link.property()) != null;
    }

    private Map<ContentTypeLink, List<Object>> ids(List<?> entities) {
        Map<ContentTypeLink, List<Object>> ids = new LinkedHashMap<>();
        for (Object entity : entities) {
            EntityPersister persister = implementor().getEntityPersister(null, entity);
            ContentTypeLink link = support.maker().link(persister);
            if (link != null && !link.keepsRows()) {
                ids.computeIfAbsent(link, key -> new ArrayList<>()).add(persister.getIdentifier(entity, implementor()));
            }
        }
        return ids;
    }
}
