package dev.regista.sql;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hibernate.Hibernate;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.DiscriminatedAssociationModelPart;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.internal.EntityCollectionPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.CompositeType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** Where the objects of an entity refer to other objects. Which attributes that may be is found out once. */
final class EntityLinks {
    private final EntityPersister persister;
    private final int[] references;
    private final int[] collections;

    EntityLinks(EntityPersister persister, SharedSessionContractImplementor session) {
        Type[] types = persister.getPropertyTypes();
        this.persister = persister;
        this.references =
                IntStream.range(0, types.length).filter(i -> refers(types[i])).toArray();
        this.collections = IntStream.range(0, types.length)
                .filter(i -> types[i] instanceof CollectionType collection
                        && refers(collection.getElementType(session.getFactory())))
                .toArray();
    }

    private static boolean refers(Type type) {
        return type.isEntityType()
                || type.isAnyType()
                || (type instanceof CompositeType composite
                        && Arrays.stream(composite.getSubtypes()).anyMatch(EntityLinks::refers));
    }

    /**
     * Tells the objects that an object refers to by itself.
     *
     * @param state the object's attributes
     */
    void visit(@Nullable Object[] state, SharedSessionContractImplementor session, Consumer<Object> visitor) {
        for (int i : references) {
            visit(state[i], persister.getPropertyTypes()[i], session, visitor);
        }
    }

    /** Tells the objects that an object refers to by itself and in collections that are there. */
    void visitAll(Object entity, SharedSessionContractImplementor session, Consumer<Object> visitor) {
        for (int i : references) {
            visit(persister.getValue(entity, i), persister.getPropertyTypes()[i], session, visitor);
        }
        for (int i : collections) {
            Object collection = persister.getValue(entity, i);
            if (isThere(collection) && Hibernate.isInitialized(collection)) {
                CollectionType type = (CollectionType) persister.getPropertyTypes()[i];
                Type element = type.getElementType(session.getFactory());
                for (Iterator<?> all = type.getElementsIterator(collection); all.hasNext(); ) {
                    visit(all.next(), element, session, visitor);
                }
            }
        }
    }

    /** Tells the objects that an element of a collection is or has in it. */
    static void visit(ModelPart part, @Nullable Object value, Consumer<Object> visitor) {
        if (!isThere(value)) {
            return;
        }
        if (part instanceof EntityCollectionPart
                || part instanceof ToOneAttributeMapping
                || part instanceof DiscriminatedAssociationModelPart) {
            visitor.accept(value);
        } else if (part instanceof EmbeddableValuedModelPart embeddable) {
            embeddable
                    .getEmbeddableTypeDescriptor()
                    .forEachAttributeMapping(attribute -> visit(attribute, attribute.getValue(value), visitor));
        }
    }

    private static void visit(
            @Nullable Object value, Type type, SharedSessionContractImplementor session, Consumer<Object> visitor) {
        if (!isThere(value)) {
            return;
        }
        if (type.isEntityType() || type.isAnyType()) {
            visitor.accept(value);
        } else if (type instanceof CompositeType composite) {
            Type[] types = composite.getSubtypes();
            for (int i = 0; i < types.length; i++) {
                visit(composite.getPropertyValue(value, i, session), types[i], session, visitor);
            }
        }
    }

    private static boolean isThere(@Nullable Object value) {
        return value != null && value != LazyPropertyInitializer.UNFETCHED_PROPERTY;
    }
}
