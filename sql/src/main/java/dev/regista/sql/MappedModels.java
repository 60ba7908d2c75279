package dev.regista.sql;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.PersistentClass;

/**
 * The classes that are mapped together, and what callbacks have set about them. Immutable; a mapping is made of one of
 * these, and one that is replaced by another makes the mapping out of date.
 */
record MappedModels(Set<Class<?>> classes, Map<Class<?>, ModelSettings> settings) {
    static MappedModels of(Set<Class<?>> classes) {
        return new MappedModels(classes, Map.of());
    }

    /** Returns what there is with other classes, and with what callbacks have set meanwhile. */
    MappedModels with(Set<Class<?>> next, Collection<DefaultSqlModel> changed) {
        Map<Class<?>, ModelSettings> merged = new HashMap<>(settings);
        merged.keySet().retainAll(next);
        for (DefaultSqlModel model : changed) {
            ModelSettings later = model.seal();
            if (!later.equals(ModelSettings.NONE)) {
                merged.merge(model.type(), later, ModelSettings::with);
            }
        }
        return new MappedModels(next, Map.copyOf(merged));
    }

    /** Puts what callbacks have set into what the annotations say, before anything is made of it. */
    Metadata applyTo(Metadata metadata, boolean schemaIsCatalog) {
        for (PersistentClass entity : metadata.getEntityBindings()) {
            Class<?> type = entity.getMappedClass();
            ModelSettings said = type == null ? null : settings.get(type);
            if (said != null) {
                new EntityChanges(metadata, entity, schemaIsCatalog).make(said);
            }
        }
        return metadata;
    }
}
