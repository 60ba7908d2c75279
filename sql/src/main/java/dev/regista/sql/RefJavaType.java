package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.sql.reference.Ref;
import java.lang.reflect.ParameterizedType;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.AbstractJavaType;
import org.hibernate.type.descriptor.java.ImmutableMutabilityPlan;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.JdbcTypeIndicators;
import org.hibernate.type.spi.TypeConfiguration;
import org.jspecify.annotations.Nullable;

/** A reference as Hibernate sees it: a value that is written and read as its id is. */
final class RefJavaType<T> extends AbstractJavaType<Ref<T>> {
    private static final long serialVersionUID = 1L;

    private final Class<T> target;
    private final JavaType<Object> idType;

    /** What is registered for the class of references, and makes one for each model. */
    static final class Family extends AbstractJavaType<Ref<?>> {
        private static final long serialVersionUID = 1L;

        Family() {
            super(Ref.class, ImmutableMutabilityPlan.instance());
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // one for each model, in place of one for all
        public JavaType<Ref<?>> createJavaType(ParameterizedType type, TypeConfiguration configuration) {
            if (type.getActualTypeArguments()[0] instanceof Class<?> target) {
                return new RefJavaType(type, target, configuration);
            }
            throw new ConfigurationException(type + " does not name one model");
        }

        @Override
        public JdbcType getRecommendedJdbcType(JdbcTypeIndicators context) {
            throw unknown();
        }

        @Override
        public <X> X unwrap(@Nullable Ref<?> value, Class<X> type, WrapperOptions options) {
            throw unknown();
        }

        @Override
        public <X> Ref<?> wrap(@Nullable X value, WrapperOptions options) {
            throw unknown();
        }

        private static ConfigurationException unknown() {
            return new ConfigurationException("A Ref must say which model it refers to, as Ref<Customer> does");
        }
    }

    @SuppressWarnings("unchecked") // of ids, which are objects
    private RefJavaType(ParameterizedType type, Class<T> target, TypeConfiguration configuration) {
        super(type, ImmutableMutabilityPlan.instance());
        this.target = target;
        this.idType = configuration.getJavaTypeRegistry().resolveDescriptor((Class<Object>) Ref.idType(target));
    }

    @Override
    @SuppressWarnings("unchecked") // a class has no parameters
    public Class<Ref<T>> getJavaTypeClass() {
        return (Class<Ref<T>>) (Class<?>) Ref.class;
    }

    @Override
    public JdbcType getRecommendedJdbcType(JdbcTypeIndicators context) {
        return idType.getRecommendedJdbcType(context);
    }

    @Override
    public <X> @Nullable X unwrap(@Nullable Ref<T> value, Class<X> type, WrapperOptions options) {
        return value == null ? null : idType.unwrap(value.id(), type, options);
    }

    @Override
    public <X> @Nullable Ref<T> wrap(@Nullable X value, WrapperOptions options) {
        if (value == null || value instanceof Ref<?>) {
            @SuppressWarnings("unchecked") // a reference where one of this model belongs
            Ref<T> same = (Ref<T>) value;
            return same;
        }
        return Ref.of(target, idType.wrap(value, options));
    }

    @Override
    public String toString(Ref<T> value) {
        return value.toString();
    }
}
