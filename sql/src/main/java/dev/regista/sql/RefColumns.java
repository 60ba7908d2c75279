package dev.regista.sql;

import dev.regista.sql.reference.Ref;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.Index;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.Value;
import org.hibernate.type.BasicType;

/** The columns of references: as a foreign key's they are looked up by, so each has an index. */
final class RefColumns {
    private static final int LONGEST_NAME = 60;

    private RefColumns() {}

    /** Builds metadata in which references can be mapped. */
    static Metadata metadata(MetadataSources sources) {
        Metadata metadata = sources.getMetadataBuilder()
                .applyTypes((types, services) -> types.contributeJavaType(new RefJavaType.Family()))
                .build();
        for (PersistentClass entity : metadata.getEntityBindings()) {
            for (Property property : entity.getDeclaredProperties()) {
                index(property.getValue());
            }
        }
        return metadata;
    }

    private static void index(Value value) {
        if (value instanceof Component component) {
            component.getProperties().forEach(property -> index(property.getValue()));
        } else if (value instanceof BasicValue basic
                && basic.getType() instanceof BasicType<?> type
                && type.getJavaType() == Ref.class) {
            index(basic.getTable(), (Column) basic.getColumn());
        }
    }

    private static void index(Table table, Column column) {
        if (column.isUnique() || isIndexed(table, column)) {
            return;
        }
        String name = ("ix_" + table.getName() + "_" + column.getName()).toLowerCase(Locale.ROOT);
        String unique = name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME - 9) + "_" + Integer.toHexString(name.hashCode());
        table.getOrCreateIndex(unique).addColumn(column);
    }

    private static boolean isIndexed(Table table, Column column) {
        boolean byIndex = table.getIndexes().values().stream()
                .map(Index::getSelectables)
                .anyMatch(columns -> isFirst(column, columns));
        boolean byKey = table.getUniqueKeys().values().stream().anyMatch(key -> isFirst(column, key.getColumns()));
        return byIndex || byKey;
    }

    private static boolean isFirst(Column column, Iterable<?> columns) {
        List<?> all = StreamSupport.stream(columns.spliterator(), false).toList();
        return !all.isEmpty() && all.get(0).equals(column);
    }
}
