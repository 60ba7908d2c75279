package dev.regista.sql;

import dev.regista.sql.signal.Change;
import dev.regista.sql.signal.Operation;
import dev.regista.sql.signal.Save;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hibernate.StatelessSession;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** An object that is written, over the array of values that Hibernate writes. */
final class SaveSignal extends SignalContext implements Save<Object> {
    private final Operation operation;
    private final Object entity;
    private final @Nullable Object id;
    private final @Nullable Object[] state;
    private final @Nullable Object @Nullable [] before;
    private final EntityPersister persister;

    SaveSignal(
            String database,
            SharedSessionContractImplementor session,
            Operation operation,
            Object entity,
            @Nullable Object id,
            @Nullable Object[] state,
            @Nullable Object @Nullable [] before,
            EntityPersister persister) {
        super(database, session);
        this.operation = operation;
        this.entity = entity;
        this.id = id;
        this.state = state;
        this.before = before;
        this.persister = persister;
    }

    @Override
    public Operation operation() {
        return operation;
    }

    @Override
    public Object entity() {
        return entity;
    }

    @Override
    public Optional<Object> id() {
        return Optional.ofNullable(id);
    }

    @Override
    public Map<String, Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        Type[] types = persister.getPropertyTypes();
        String[] names = persister.getPropertyNames();
        for (int i = 0; i < names.length; i++) {
            if (!(types[i] instanceof CollectionType) && isChanged(i)) {
                Object old = before == null ? null : before[i];
                changes.put(names[i], new Change(old, state[i], operation == Operation.INSERT || before != null));
            }
        }
        return Collections.unmodifiableMap(changes);
    }

    private boolean isChanged(int index) {
        return before == null
                || persister.getPropertyTypes()[index].isDirty(before[index], state[index], implementor());
    }

    @Override
    public void set(String attribute, @Nullable Object value) {
        requireBefore();
        int index = Arrays.asList(persister.getPropertyNames()).indexOf(attribute);
        if (index < 0 || !isSettable(index)) {
            throw new IllegalArgumentException("'" + attribute + "' cannot be set in " + persister.getEntityName()
                    + ": what can is " + settable());
        }
        if (!isSent(index)) {
            throw notSupported("setting '" + attribute + "' of " + persister.getEntityName()
                    + " before this update: nothing else changes in its table, or the model has @DynamicUpdate, and"
                    + " Hibernate has left it out already");
        }
        // Hibernate writes the array, and later compares the object with it.
        state[index] = value;
        persister.setValue(entity, index, value);
    }

    private boolean isSettable(int index) {
        boolean[] written = operation == Operation.UPDATE
                ? persister.getPropertyUpdateability()
                : persister.getPropertyInsertability();
        return written[index] && index != version() && !(persister.getPropertyTypes()[index] instanceof CollectionType);
    }

    private int version() {
        return persister.isVersioned() ? persister.getVersionPropertyIndex() : -1;
    }

    private List<String> settable() {
        String[] names = persister.getPropertyNames();
        return IntStream.range(0, names.length)
                .filter(this::isSettable)
                .mapToObj(index -> names[index])
                .toList();
    }

    /** Which tables and columns an update has, Hibernate has decided by then. */
    private boolean isSent(int index) {
        if (operation != Operation.UPDATE || before == null || isChanged(index)) {
            return true;
        }
        return !persister.isDynamicUpdate()
                && IntStream.range(0, state.length)
                        .anyMatch(other -> isSettable(other)
                                && isChanged(other)
                                && table(other).equals(table(index)));
    }

    private String table(int index) {
        AttributeMapping attribute = persister.getAttributeMapping(index);
        return attribute.getJdbcTypeCount() == 0
                ? ""
                : attribute.getSelectable(0).getContainingTableExpression();
    }

    @Override
    public void skip() {
        requireBefore();
        if (operation == Operation.INSERT && !(implementor() instanceof StatelessSession)) {
            if (persister.isIdentifierAssignedByInsert()) {
                throw notSupported("skipping the insert of " + persister.getEntityName()
                        + ", whose id the database gives: Hibernate needs it at once");
            }
            if (Arrays.stream(state).anyMatch(SaveSignal::hasElements)) {
                throw notSupported("skipping the insert of " + persister.getEntityName()
                        + " with elements in its collections: Hibernate would insert those");
            }
            unit().flushState().leaveOut(entity);
        }
        super.skip();
    }

    private static boolean hasElements(@Nullable Object value) {
        return value instanceof PersistentCollection<?> collection
                && collection.wasInitialized()
                && !collection.empty();
    }
}
