package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.sql.contenttype.ContentTypeSettings;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.ForeignKey;
import org.hibernate.mapping.Join;
import org.hibernate.mapping.JoinedSubclass;
import org.hibernate.mapping.KeyValue;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.RootClass;
import org.hibernate.mapping.SimpleValue;
import org.hibernate.mapping.Subclass;
import org.hibernate.mapping.SyntheticProperty;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.ToOne;
import org.hibernate.mapping.UnionSubclass;
import org.jspecify.annotations.Nullable;

/**
 * Gives every participating model a link to its content type: a column in the table of the root entity, by an attribute
 * without a member. Hibernate has such attributes itself, for the keys of one-to-many associations without an inverse: they
 * are asked for a value when a row is inserted, and never read or compared. So objects are loaded, changed, cached, detached
 * and merged as if there were none.
 */
final class ContentTypeMapping {
    private static final int LONGEST_NAME = 60;
    private static final Set<String> OWN_FIELDS = Set.of("contenttype", "content_type");

    private final Metadata metadata;
    private final ContentTypeSettings settings;
    private final TenantModels tenantModels;
    private final ContentTypeMaker maker;
    private final boolean isElsewhere;
    private final boolean isApart;
    private final Map<String, ContentTypeLink> links = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ContentTypeMapping(SqlBackend backend, Metadata metadata, ContentTypeMaker maker) {
        this.metadata = metadata;
        this.settings = maker.settings();
        this.tenantModels = new TenantModels(backend.settings().tenantModels());
        this.maker = maker;
        this.isElsewhere = settings.database() != null;
        this.isApart = backend.settings().tenantDatabases() != null;
    }

    /** Adds the links, and returns them by the name of the root entity. */
    static Map<String, ContentTypeLink> addTo(Metadata metadata, SqlBackend backend, ContentTypeMaker maker) {
        ContentTypeMapping mapping = new ContentTypeMapping(backend, metadata, maker);
        PersistentClass types =
                metadata.getEntityBinding(mapping.settings.prototype().getName());
        if (types != null) {
            metadata.getImports().putIfAbsent(SqlModels.CONTENT_TYPE, types.getEntityName());
        }
        for (PersistentClass entity : List.copyOf(metadata.getEntityBindings())) {
            if (entity instanceof RootClass root && entity != types) {
                mapping.add(root, types);
            }
        }
        if (!mapping.problems.isEmpty()) {
            throw new ConfigurationException(mapping.problems);
        }
        return Map.copyOf(mapping.links);
    }

    private void add(RootClass root, @Nullable PersistentClass types) {
        Class<?> type = root.getMappedClass();
        if (type == null
                || type == TenantRow.class
                || !settings.includes(type)
                || !(root.getTable().isPhysicalTable() || isUnion(root))) {
            return;
        }
        Property field = types == null ? null : explicitField(root, types);
        if (field != null) {
            addField(root, field);
        } else if (hasOwn(root, type)) {
            return;
        } else if (root.getCustomSQLInsert() != null) {
            problems.add(
                    "the rows of " + root.getEntityName() + " cannot have a content type: its insert statement is its"
                            + " own (@SQLInsert). Give it a field of the type "
                            + settings.prototype().getName()
                            + ", or mark it with @NoContentType");
        } else {
            addColumn(root, types);
        }
    }

    private static boolean isUnion(RootClass root) {
        return root.getSubclasses().stream().anyMatch(UnionSubclass.class::isInstance);
    }

    private static @Nullable Property explicitField(RootClass root, PersistentClass types) {
        for (Property property : root.getProperties()) {
            if (property.getValue() instanceof ToOne reference
                    && types.getEntityName().equals(reference.getReferencedEntityName())
                    && reference.getColumnSpan() == 1) {
                return property;
            }
        }
        return null;
    }

    /** A class that has something of that name, of whatever kind, has no use for another. */
    private static boolean hasOwn(RootClass root, Class<?> type) {
        for (@Nullable Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (OWN_FIELDS.contains(field.getName().toLowerCase(Locale.ROOT))) {
                    return true;
                }
            }
        }
        return root.getTable().getColumns().stream()
                .anyMatch(column -> column.getName().equalsIgnoreCase(ContentTypeLink.COLUMN));
    }

    private void addField(RootClass root, Property field) {
        ContentTypeAccess.overField(field, maker, root.getEntityName());
        Column column = field.getColumns().get(0);
        column.setUnique(true);
        column.setNullable(false);
        ToOne reference = (ToOne) field.getValue();
        cascadeForeignKeys(reference.getTable(), reference.getColumns());
        addLink(root, field, true, column);
    }

    private void addColumn(RootClass root, @Nullable PersistentClass types) {
        SimpleValue identifier = (SimpleValue) root.getIdentifier();
        BasicValue value = new BasicValue(identifier.getBuildingContext(), root.getTable());
        value.setTypeName("java.util.UUID");
        Column column = new Column(ContentTypeLink.COLUMN);
        column.setNullable(false);
        column.setUnique(true);
        column.setValue(value);
        value.addColumn(column);
        root.getTable().addColumn(column);
        SyntheticProperty property = new SyntheticProperty();
        property.setName(ContentTypeLink.PROPERTY);
        property.setValue(value);
        property.setUpdatable(false);
        property.setSelectable(false);
        property.setOptimisticLocked(false);
        property.setOptional(false);
        property.setPropertyAccessStrategy(ContentTypeAccess.ofColumn(maker, root.getEntityName()));
        root.addProperty(property);
        value.resolve();
        if (types != null && settings.constraint() && !isElsewhere && !(isApart && isTenants(root))) {
            tables(root).forEach(table -> addForeignKey(table, column, types));
        }
        addLink(root, property, false, column);
    }

    private boolean isTenants(RootClass root) {
        return tenantModels.contains(root.getMappedClass());
    }

    private void addForeignKey(Table table, Column column, PersistentClass types) {
        ForeignKey key = table.createForeignKey(null, List.of(column), types.getEntityName(), null, null, null);
        key.setReferencedTable(types.getTable());
        key.setName(nameOfKey(table.getName()));
        key.setOnDeleteAction(OnDeleteAction.CASCADE);
    }

    private static String nameOfKey(String table) {
        String name = "fk_" + table + "_content_type";
        return name.length() <= LONGEST_NAME
                ? name
                : "fk_" + table.substring(0, LONGEST_NAME / 2) + "_" + Integer.toHexString(table.hashCode())
                        + "_content_type";
    }

    private void addLink(RootClass root, Property property, boolean isField, Column column) {
        cascadeWithin(root);
        boolean keepsRows = root.getSoftDeleteColumn() != null || root.getCustomSQLDelete() != null;
        links.put(
                root.getEntityName(),
                new ContentTypeLink(
                        root.getEntityName(),
                        property.getName(),
                        isField,
                        isTenants(root),
                        keepsRows,
                        List.of(),
                        column.getQuotedName()));
    }

    /** Returns the tables that have the column: the root's, or that of each concrete class. */
    private static List<Table> tables(RootClass root) {
        List<Table> tables = new ArrayList<>();
        if (root.getTable().isPhysicalTable()) {
            tables.add(root.getTable());
        }
        for (Subclass subclass : root.getSubclasses()) {
            if (subclass instanceof UnionSubclass && subclass.getTable().isPhysicalTable()) {
                tables.add(subclass.getTable());
            }
        }
        return tables;
    }

    /** What belongs to a row goes with it when the database deletes it: its parts in other tables, and its collections. */
    private void cascadeWithin(RootClass root) {
        Map<String, PersistentClass> hierarchy = new HashMap<>();
        hierarchy.put(root.getEntityName(), root);
        root.getSubclasses().forEach(subclass -> hierarchy.put(subclass.getEntityName(), subclass));
        for (PersistentClass entity : hierarchy.values()) {
            if (entity instanceof JoinedSubclass joined) {
                cascadeForeignKeys(joined.getTable(), joined.getKey());
            }
            for (Join join : entity.getJoins()) {
                cascadeForeignKeys(join.getTable(), join.getKey());
            }
        }
        for (Collection collection : metadata.getCollectionBindings()) {
            if (!collection.isOneToMany() && hierarchy.containsKey(collection.getOwnerEntityName())) {
                cascadeForeignKeys(collection.getCollectionTable(), collection.getKey());
            }
        }
    }

    private static void cascadeForeignKeys(Table table, @Nullable KeyValue key) {
        if (key != null) {
            cascadeForeignKeys(table, key.getColumns());
        }
    }

    private static void cascadeForeignKeys(Table table, List<Column> columns) {
        for (ForeignKey key : table.getForeignKeyCollection()) {
            if (key.getColumns().equals(columns)) {
                key.setOnDeleteAction(OnDeleteAction.CASCADE);
            }
        }
    }
}
