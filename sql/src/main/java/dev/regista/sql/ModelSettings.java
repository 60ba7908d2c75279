package dev.regista.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callbacks have set about one model. Immutable.
 *
 * @param columns definitions by name
 */
record ModelSettings(
        @Nullable String table, @Nullable String schema, Map<String, String> columns, List<EntityListener> listeners) {
    static final ModelSettings NONE = new ModelSettings(null, null, Map.of(), List.of());

    ModelSettings withTable(String name) {
        return new ModelSettings(name, schema, columns, listeners);
    }

    ModelSettings withSchema(String name) {
        return new ModelSettings(table, name, columns, listeners);
    }

    ModelSettings withColumn(String name, String definition) {
        Map<String, String> more = new LinkedHashMap<>(columns);
        more.put(name, definition);
        return new ModelSettings(table, schema, more, listeners);
    }

    ModelSettings withListener(EntityListener listener) {
        List<EntityListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new ModelSettings(table, schema, columns, more);
    }

    /** Returns these, with those of another one on top. */
    ModelSettings with(ModelSettings later) {
        Map<String, String> allColumns = new LinkedHashMap<>(columns);
        allColumns.putAll(later.columns);
        List<EntityListener> allListeners = new ArrayList<>(listeners);
        allListeners.addAll(later.listeners);
        return new ModelSettings(
                later.table == null ? table : later.table,
                later.schema == null ? schema : later.schema,
                allColumns,
                allListeners);
    }
}
