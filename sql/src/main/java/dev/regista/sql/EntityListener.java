package dev.regista.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hibernate.jpa.event.spi.Callback;
import org.hibernate.jpa.event.spi.CallbackDefinition;
import org.hibernate.jpa.event.spi.CallbackType;
import org.jspecify.annotations.Nullable;

/** An object that wants to know what happens to entities, as an entity listener of JPA does. */
final class EntityListener {
    private final Object listener;
    private final List<Callback> callbacks = new ArrayList<>();

    /**
     * Finds its methods.
     *
     * @throws IllegalArgumentException if it has none
     */
    EntityListener(Object listener) {
        this.listener = listener;
        for (@Nullable Class<?> type = listener.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                addIfListening(method);
            }
        }
        if (callbacks.isEmpty()) {
            throw new IllegalArgumentException(listener.getClass().getName()
                    + " is no listener: none of its methods has one parameter and an annotation such as @PrePersist");
        }
    }

    private void addIfListening(Method method) {
        for (CallbackType type : CallbackType.values()) {
            if (method.getParameterCount() == 1 && method.isAnnotationPresent(type.getCallbackAnnotation())) {
                method.setAccessible(true);
                callbacks.add(new Call(type, method, listener));
            }
        }
    }

    List<CallbackDefinition> definitions() {
        return callbacks.stream()
                .<CallbackDefinition>map(callback -> beans -> callback)
                .toList();
    }

    /** Two of one object are equal: what is set again is not a change. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntityListener entityListener && entityListener.listener == listener;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(listener);
    }

    private static final class Call implements Callback {
        private static final long serialVersionUID = 1L;

        private final CallbackType type;
        private final transient Method method;
        private final transient Object listener;

        Call(CallbackType type, Method method, Object listener) {
            this.type = type;
            this.method = method;
            this.listener = listener;
        }

        @Override
        public CallbackType getCallbackType() {
            return type;
        }

        @Override
        public void performCallback(Object entity) {
            if (!method.getParameterTypes()[0].isInstance(entity)) {
                return;
            }
            try {
                method.invoke(listener, entity);
            } catch (InvocationTargetException e) {
                throw failure(Objects.requireNonNull(e.getCause()));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        private static RuntimeException failure(Throwable cause) {
            if (cause instanceof Error error) {
                throw error;
            }
            return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
        }
    }
}
