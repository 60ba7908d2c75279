package dev.regista.sql.reference;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.proxy.HibernateProxy;
import org.jspecify.annotations.Nullable;

/** The ids of entities, by their annotations: a reference is made where no session is. */
final class Ids {
    private static final Set<Class<?>> TYPES = Set.of(Long.class, Integer.class, String.class, java.util.UUID.class);

    /** What has the id of an entity, and its type. Classes may be unloaded. */
    private static final ClassValue<IdMember> MEMBERS = new ClassValue<>() {
        @Override
        protected IdMember computeValue(Class<?> type) {
            return IdMember.of(type);
        }
    };

    private record IdMember(AccessibleObject member, Class<?> type) {
        static IdMember of(Class<?> type) {
            AccessibleObject[] found = superclasses(type)
                    .flatMap(one -> Stream.<AccessibleObject>concat(
                            Stream.of(one.getDeclaredFields()), Stream.of(one.getDeclaredMethods())))
                    .filter(member -> member.isAnnotationPresent(Id.class) && !isBridge(member))
                    .toArray(AccessibleObject[]::new);
            Class<?> idType = found.length == 1 ? boxed(typeOf(found[0])) : Object.class;
            if (!TYPES.contains(idType)) {
                throw new IllegalArgumentException(type.getName()
                        + " cannot be referred to: it has no single @Id that is a Long, Integer, String or UUID");
            }
            found[0].setAccessible(true);
            return new IdMember(found[0], idType);
        }

        private static boolean isBridge(AccessibleObject member) {
            return member instanceof Method method && method.isBridge();
        }

        private static Class<?> typeOf(AccessibleObject member) {
            return member instanceof Field field ? field.getType() : ((Method) member).getReturnType();
        }

        @Nullable
        Object of(Object entity) {
            try {
                Object id = member instanceof Field field ? field.get(entity) : ((Method) member).invoke(entity);
                return isPrimitive() && id instanceof Number number && number.longValue() == 0 ? null : id;
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("The id of " + entity.getClass() + " cannot be read", e);
            }
        }

        private boolean isPrimitive() {
            return typeOf(member).isPrimitive();
        }
    }

    private Ids() {}

    static Class<?> idType(Class<?> entity) {
        return MEMBERS.get(entity).type();
    }

    @SuppressWarnings("unchecked") // the class of an object of T, without what Hibernate has generated
    static <T> Class<T> typeOf(T entity) {
        if (entity instanceof HibernateProxy proxy) {
            return (Class<T>) proxy.getHibernateLazyInitializer().getPersistentClass();
        }
        return (Class<T>) entity.getClass();
    }

    static @Nullable Object idOf(Object entity) {
        return entity instanceof HibernateProxy proxy
                ? proxy.getHibernateLazyInitializer().getInternalIdentifier()
                : MEMBERS.get(entity.getClass()).of(entity);
    }

    /** Returns the class that ids are unique in. */
    static Class<?> root(Class<?> entity) {
        return superclasses(entity)
                .filter(type -> type.isAnnotationPresent(Entity.class))
                .reduce(entity, (lower, higher) -> higher);
    }

    private static Stream<Class<?>> superclasses(Class<?> type) {
        return Stream.<Class<?>>iterate(type, one -> one != null, Class::getSuperclass);
    }

    private static Class<?> boxed(Class<?> type) {
        if (type == long.class) {
            return Long.class;
        }
        return type == int.class ? Integer.class : type;
    }
}
