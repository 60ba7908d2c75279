package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.io.Serial;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.Status;
import org.hibernate.mapping.Property;
import org.hibernate.property.access.internal.PropertyAccessStrategyBackRefImpl;
import org.hibernate.property.access.spi.Getter;
import org.hibernate.property.access.spi.PropertyAccess;
import org.hibernate.property.access.spi.PropertyAccessStrategy;
import org.hibernate.property.access.spi.Setter;
import org.jspecify.annotations.Nullable;

/** How Hibernate gets the link of a row to its content type: when it inserts the row, by making the content type. */
final class ContentTypeAccess {
    private ContentTypeAccess() {}

    /** Returns access to a link in a column that the class knows nothing of. */
    static PropertyAccessStrategy ofColumn(ContentTypeMaker maker, String root) {
        return new PropertyAccessStrategy() {
            @Override
            public PropertyAccess buildPropertyAccess(Class<?> type, String name, boolean setterRequired) {
                return new Access(this, new ColumnGetter(maker, root), IGNORING);
            }
        };
    }

    /** Changes the access to a link in a field of the class, so that a row has one if nobody sets it. */
    static void overField(Property field, ContentTypeMaker maker, String root) {
        PropertyAccessStrategy plain =
                field.getPropertyAccessStrategy(field.getPersistentClass().getMappedClass());
        field.setPropertyAccessStrategy(new PropertyAccessStrategy() {
            @Override
            public PropertyAccess buildPropertyAccess(Class<?> type, String name, boolean setterRequired) {
                PropertyAccess access = plain.buildPropertyAccess(type, name, true);
                Setter setter = Objects.requireNonNull(access.getSetter());
                return new Access(this, new FieldGetter(maker, root, access.getGetter(), setter), setter);
            }
        });
    }

    /** A merge asks a second time, for the sake of the collections. */
    private static boolean isSaving(Object owner, SharedSessionContractImplementor session) {
        EntityEntry entry = session.getPersistenceContextInternal().getEntry(owner);
        return entry == null || entry.getStatus() == Status.SAVING;
    }

    private record Access(PropertyAccessStrategy strategy, Getter getter, Setter setter) implements PropertyAccess {
        @Override
        public PropertyAccessStrategy getPropertyAccessStrategy() {
            return strategy;
        }

        @Override
        public Getter getGetter() {
            return getter;
        }

        @Override
        public Setter getSetter() {
            return setter;
        }
    }

    private record ColumnGetter(ContentTypeMaker maker, String root) implements Getter {
        @Override
        public Object get(Object owner) {
            return PropertyAccessStrategyBackRefImpl.UNKNOWN;
        }

        @Override
        public Object getForInsert(
                Object owner, @Nullable Map<Object, Object> copies, SharedSessionContractImplementor session) {
            return isSaving(owner, session)
                    ? maker.persist(root, owner, copies == null ? null : copies.get(owner), null, session)
                            .id()
                    : get(owner);
        }

        @Override
        public Class<?> getReturnTypeClass() {
            return UUID.class;
        }

        @Override
        public Type getReturnType() {
            return UUID.class;
        }

        @Override
        public @Nullable Member getMember() {
            return null;
        }

        @Override
        public @Nullable String getMethodName() {
            return null;
        }

        @Override
        public @Nullable Method getMethod() {
            return null;
        }
    }

    private record FieldGetter(ContentTypeMaker maker, String root, Getter plain, Setter setter) implements Getter {
        @Override
        public @Nullable Object get(Object owner) {
            return plain.get(owner);
        }

        @Override
        public @Nullable Object getForInsert(
                Object owner, @Nullable Map<Object, Object> copies, SharedSessionContractImplementor session) {
            if (!isSaving(owner, session)) {
                return plain.getForInsert(owner, copies, session);
            }
            ContentType given = (ContentType) plain.getForInsert(owner, copies, session);
            Object original = copies == null ? null : copies.get(owner);
            ContentType type = maker.persist(root, owner, original, given, session);
            setter.set(owner, type);
            return type;
        }

        @Override
        public Class<?> getReturnTypeClass() {
            return plain.getReturnTypeClass();
        }

        @Override
        public Type getReturnType() {
            return plain.getReturnType();
        }

        @Override
        public @Nullable Member getMember() {
            return plain.getMember();
        }

        @Override
        public @Nullable String getMethodName() {
            return plain.getMethodName();
        }

        @Override
        public @Nullable Method getMethod() {
            return plain.getMethod();
        }
    }

    private static final Setter IGNORING = new Setter() {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public void set(Object target, @Nullable Object value) {
            // The class has nowhere to keep it.
        }

        @Override
        public @Nullable String getMethodName() {
            return null;
        }

        @Override
        public @Nullable Method getMethod() {
            return null;
        }
    };
}
