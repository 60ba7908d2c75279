package dev.regista.solr;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.apache.solr.client.solrj.beans.BindingException;
import org.apache.solr.client.solrj.beans.DocumentObjectBinder;
import org.apache.solr.client.solrj.beans.Field;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.jspecify.annotations.Nullable;

/** Documents from objects and back: SolrJ's binder, and what it cannot do for records, which have no setters. */
final class Beans {
    private Beans() {}

    static SolrInputDocument toDocument(Object bean) {
        if (!bean.getClass().isRecord()) {
            return DocumentObjectBinder.INSTANCE.toSolrInputDocument(bean);
        }
        SolrInputDocument document = new SolrInputDocument();
        for (RecordComponent component : bean.getClass().getRecordComponents()) {
            Object value = value(bean, component);
            if (value != null) {
                document.setField(name(component), toSolr(value));
            }
        }
        return document;
    }

    private static @Nullable Object value(Object bean, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(bean);
        } catch (ReflectiveOperationException e) {
            throw new BindingException("cannot read " + component + " of " + bean.getClass(), e);
        }
    }

    private static Object toSolr(Object value) {
        if (value instanceof Instant instant) {
            return Date.from(instant);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof Collection<?> values
                ? values.stream().map(Beans::toSolr).toList()
                : value;
    }

    static <T> T toBean(SolrDocument document, Class<T> type) {
        return type.isRecord() ? toRecord(document, type) : DocumentObjectBinder.INSTANCE.getBean(type, document);
    }

    private static <T> T toRecord(SolrDocument document, Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> fromSolr(document.getFieldValue(name(component)), component, type))
                .toArray();
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new BindingException("the constructor of " + type + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new BindingException("cannot make an instance of " + type, e);
        }
    }

    /** The annotation cannot stand on a component itself: the compiler hands it on. */
    private static String name(RecordComponent component) {
        Field annotation = component.getAccessor().getAnnotation(Field.class);
        return annotation == null || annotation.value().equals(DocumentObjectBinder.DEFAULT)
                ? component.getName()
                : annotation.value();
    }

    private static @Nullable Object fromSolr(@Nullable Object value, RecordComponent component, Class<?> bean) {
        Class<?> type = component.getType();
        if (type == List.class || type == Collection.class) {
            return value instanceof Collection<?> values
                    ? List.copyOf(values)
                    : value == null ? List.of() : List.of(value);
        }
        Object single = value instanceof Collection<?> values && values.size() == 1
                ? values.iterator().next()
                : value;
        if (single == null && !type.isPrimitive()) {
            return null;
        }
        Object converted = single == null
                ? null
                : converted(single, MethodType.methodType(type).wrap().returnType());
        if (converted == null) {
            throw new BindingException("the field " + name(component) + " of a document "
                    + (single == null
                            ? "is missing"
                            : "is a " + single.getClass().getSimpleName()) + ", but "
                    + bean.getSimpleName() + " has a " + type.getSimpleName() + " there");
        }
        return converted;
    }

    private static @Nullable Object converted(Object value, Class<?> type) {
        if (type.isInstance(value)) {
            return value;
        }
        if (value instanceof Number number) {
            return converted(number, type);
        }
        if (value instanceof Date date && type == Instant.class) {
            return date.toInstant();
        }
        if (value instanceof String text && type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    /** Solr's number may be of another size than the component's. */
    private static @Nullable Object converted(Number number, Class<?> type) {
        if (type == Double.class) {
            return number.doubleValue();
        }
        if (type == Float.class) {
            return number.floatValue();
        }
        boolean isWhole = number instanceof Long || number instanceof Integer || number instanceof Short;
        if (isWhole && type == Long.class) {
            return number.longValue();
        }
        boolean isInt = isWhole && number.longValue() == number.intValue();
        return isInt && type == Integer.class ? number.intValue() : null;
    }
}
