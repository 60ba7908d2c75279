package dev.regista.sql;

import dev.regista.sql.tenancy.TenantModel;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which classes are models of tenants: those that are said to be, and everything that is a kind of them. */
record TenantModels(Set<Class<?>> said) {
    TenantModels {
        said = Set.copyOf(said);
    }

    boolean contains(Class<?> type) {
        return said.stream().anyMatch(model -> model.isAssignableFrom(type)) || isAnnotated(type);
    }

    /** An annotation is inherited from classes only; one on an interface must not be overlooked. */
    private static boolean isAnnotated(Class<?> type) {
        if (type.isAnnotationPresent(TenantModel.class)) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (isAnnotated(implemented)) {
                return true;
            }
        }
        Class<?> superclass = type.getSuperclass();
        return superclass != null && isAnnotated(superclass);
    }

    Set<Class<?>> among(Set<Class<?>> models) {
        Set<Class<?>> found = new LinkedHashSet<>();
        models.stream().filter(this::contains).forEach(found::add);
        return found;
    }
}
