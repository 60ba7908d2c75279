package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.sql.reference.OnTargetDelete;
import dev.regista.sql.reference.Ref;
import dev.regista.sql.reference.Rule;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Root;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.Hibernate;
import org.jspecify.annotations.Nullable;

/**
 * A reference of a model for which something is done when its object is deleted.
 *
 * @param source the entity that has it
 * @param path the fields that lead to it: several if it is in an embeddable
 * @param target the model that it refers to
 * @param rule what is done
 */
record RefRule(Class<?> source, List<Field> path, Class<?> target, Rule rule) {
    /** Finds those of an entity. */
    static List<RefRule> of(Class<?> entity) {
        List<RefRule> found = new ArrayList<>();
        if (entity.isAnnotationPresent(Entity.class)) {
            collect(entity, entity, List.of(), found);
        }
        return found;
    }

    private static void collect(Class<?> source, Class<?> holder, List<Field> path, List<RefRule> found) {
        for (Class<?> type = holder; type != null && type != Object.class; type = type.getSuperclass()) {
            // What an entity inherits from another one is a rule of that one.
            if (type != source && type.isAnnotationPresent(Entity.class)) {
                break;
            }
            for (Field field : type.getDeclaredFields()) {
                List<Field> here = new ArrayList<>(path);
                here.add(field);
                OnTargetDelete said = field.getAnnotation(OnTargetDelete.class);
                if (said != null) {
                    field.setAccessible(true);
                    found.add(new RefRule(source, List.copyOf(here), target(field), said.value()));
                } else if (field.getType().isAnnotationPresent(Embeddable.class)
                        && !Modifier.isStatic(field.getModifiers())
                        && path.size() < 5) {
                    field.setAccessible(true);
                    collect(source, field.getType(), here, found);
                }
            }
        }
    }

    private static Class<?> target(Field field) {
        if (field.getType() == Ref.class
                && field.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] instanceof Class<?> target) {
            return target;
        }
        throw new ConfigurationException(field + " has @OnTargetDelete, and is no Ref of one model");
    }

    /** Returns the name of the attribute, such as {@code Visit.customer}. */
    String name() {
        return source.getSimpleName() + "." + path.stream().map(Field::getName).collect(Collectors.joining("."));
    }

    /** Returns the attribute, in a query. */
    <Y> Path<Y> attribute(Root<?> root) {
        Path<?> at = root;
        for (Field field : path) {
            at = at.get(field.getName());
        }
        @SuppressWarnings("unchecked") // the fields lead to a reference
        Path<Y> attribute = (Path<Y>) at;
        return attribute;
    }

    /** Takes the reference out of an object. */
    void clear(Object entity) {
        Object holder = Hibernate.unproxy(entity);
        try {
            for (Field field : path.subList(0, path.size() - 1)) {
                @Nullable Object next = field.get(holder);
                if (next == null) {
                    return;
                }
                holder = next;
            }
            path.get(path.size() - 1).set(holder, null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(name() + " cannot be set to null", e);
        }
    }
}
