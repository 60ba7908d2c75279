package dev.regista.sql;

import dev.regista.ConfigurationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.QualifiedName;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.id.enhanced.TableGenerator;
import org.hibernate.mapping.Any;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.Join;
import org.hibernate.mapping.OneToMany;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.ToOne;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.Nullable;

/**
 * Which tables and sequences belong to tenant models, and which to shared ones. Nothing may belong to both, and nothing
 * shared may refer to what belongs to tenants. Shared objects that name a schema of their own are in neither: they stay
 * there.
 */
final class Ownership {
    /** Name, in lower case, of a table or sequence to whether it is the tenants'. */
    private final Map<String, Boolean> objects = new HashMap<>();

    /** Names, in lower case, of what gives ids to tables in schemas of their own, and to tables in others. */
    private final Set<String> idsOfPinned = new HashSet<>();

    private final Set<String> idsOfOthers = new HashSet<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Set<Table> tenantTables = new HashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Metadata metadata;
    private final TenantModels tenantModels;
    private final boolean isApart;
    private final boolean schemaIsCatalog;

    private Ownership(Metadata metadata, Set<Class<?>> tenantModels, boolean isApart, boolean schemaIsCatalog) {
        this.metadata = metadata;
        this.tenantModels = new TenantModels(tenantModels);
        this.isApart = isApart;
        this.schemaIsCatalog = schemaIsCatalog;
    }

    /**
     * Finds out.
     *
     * @param isApart whether tenants have databases of their own, so that nothing of theirs can refer to what is shared
     * @param schemaIsCatalog whether a name's catalogue says where it is, and its schema nothing
     * @throws ConfigurationException if something belongs to both, or it cannot be told to whom it belongs
     */
    static Ownership of(
            Metadata metadata,
            SessionFactoryImplementor factory,
            Set<Class<?>> tenantModels,
            boolean isApart,
            boolean schemaIsCatalog) {
        Ownership ownership = new Ownership(metadata, tenantModels, isApart, schemaIsCatalog);
        for (PersistentClass entity : metadata.getEntityBindings()) {
            ownership.addTables(entity);
            ownership.addGenerator(
                    entity,
                    factory.getMappingMetamodel()
                            .getEntityDescriptor(entity.getEntityName())
                            .getGenerator());
        }
        for (Collection collection : metadata.getCollectionBindings()) {
            if (!collection.isOneToMany()) {
                ownership.add(collection.getCollectionTable(), collection.getOwner());
            }
        }
        ownership.addTablesOfGenerators();
        if (!tenantModels.isEmpty()) {
            ownership.check();
        }
        if (!ownership.problems.isEmpty()) {
            throw new ConfigurationException(List.copyOf(ownership.problems));
        }
        return ownership;
    }

    boolean isTenants(Table table) {
        return tenantTables.contains(table);
    }

    boolean isTenants(Sequence sequence) {
        return isUnpinned(sequence.getName())
                && Boolean.TRUE.equals(
                        objects.get(lower(sequence.getName().getSequenceName().getText())));
    }

    boolean isUnpinned(Sequence sequence) {
        return isUnpinned(sequence.getName());
    }

    Set<String> names(boolean tenants) {
        return objects.entrySet().stream()
                .filter(object -> object.getValue() == tenants)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A table that is the same in all schemas cannot have ids from each of them. */
    Set<String> fixedNames() {
        return idsOfPinned.stream().filter(name -> !idsOfOthers.contains(name)).collect(Collectors.toUnmodifiableSet());
    }

    private void addTables(PersistentClass entity) {
        add(entity.getTable(), entity);
        for (Join join : entity.getJoins()) {
            add(join.getTable(), entity);
        }
    }

    private void add(@Nullable Table table, PersistentClass entity) {
        if (table == null) {
            return;
        }
        if (isUnpinned(table)) {
            if (isTenants(entity)) {
                tenantTables.add(table);
            }
            add(table.getName(), entity);
        } else if (isTenants(entity)) {
            problems.add("the table '" + table.getName() + "' of the tenant model " + entity.getEntityName()
                    + " must not name a schema: all tenants would share it");
        }
    }

    private void addGenerator(PersistentClass entity, @Nullable Generator generator) {
        if (generator instanceof SequenceStyleGenerator sequence) {
            QualifiedName name = sequence.getDatabaseStructure().getPhysicalName();
            if (isUnpinned(name)) {
                add(name.getObjectName().getText(), entity);
                addIds(name.getObjectName().getText(), entity);
            }
        } else if (generator instanceof TableGenerator table) {
            String name = table.getTableName();
            add(unquoted(name.substring(name.lastIndexOf('.') + 1)), entity);
        }
    }

    private void addIds(String object, PersistentClass entity) {
        (isUnpinned(entity.getTable()) ? idsOfOthers : idsOfPinned).add(lower(object));
    }

    private void add(String object, PersistentClass entity) {
        boolean tenants = isTenants(entity);
        Boolean before = objects.putIfAbsent(lower(object), tenants);
        if (before != null && before != tenants) {
            problems.add("'" + object + "' cannot belong to tenants and be shared: it is used by "
                    + entity.getEntityName() + " and by " + owners.get(lower(object)));
        }
        owners.putIfAbsent(lower(object), entity.getEntityName());
    }

    /** They are known by their name only, until Hibernate has put them among its tables. */
    private void addTablesOfGenerators() {
        for (Table table : metadata.collectTableMappings()) {
            if (isUnpinned(table) && Boolean.TRUE.equals(objects.get(lower(table.getName())))) {
                tenantTables.add(table);
            }
        }
    }

    private void check() {
        metadata.getEntityBindings().forEach(this::checkHierarchy);
        metadata.getEntityBindings().forEach(this::checkReferences);
        for (Table table : metadata.collectTableMappings()) {
            if (table.isPhysicalTable() && isUnpinned(table)) {
                checkIsKnown("table", table.getName());
            }
        }
        for (Namespace namespace : metadata.getDatabase().getNamespaces()) {
            for (Sequence sequence : namespace.getSequences()) {
                if (isUnpinned(sequence.getName())) {
                    checkIsKnown(
                            "sequence", sequence.getName().getSequenceName().getText());
                }
            }
        }
    }

    /** Such as the sequence of a part of a composite id, or the table of an audit log. */
    private void checkIsKnown(String what, String name) {
        if (!objects.containsKey(lower(name))) {
            problems.add("it cannot be told whether the " + what + " '" + name
                    + "' is shared or each tenant's: it is not that of an entity, a collection, or a whole id");
        }
    }

    private void checkHierarchy(PersistentClass entity) {
        PersistentClass root = entity.getRootClass();
        if (isTenants(entity) != isTenants(root)) {
            problems.add(entity.getEntityName() + " and " + root.getEntityName()
                    + " must both be tenant models or both be shared: they have rows in one hierarchy");
        }
    }

    private void checkReferences(PersistentClass entity) {
        checkReferences(entity, entity.getIdentifier());
        for (Property property : entity.getPropertyClosure()) {
            checkReferences(entity, property.getValue());
        }
    }

    private void checkReferences(PersistentClass entity, @Nullable Value value) {
        if (value instanceof Component component) {
            component.getProperties().forEach(property -> checkReferences(entity, property.getValue()));
        } else if (value instanceof Collection collection) {
            checkReferences(entity, collection.getElement());
        } else if (value instanceof ToOne reference) {
            checkReference(entity, metadata.getEntityBinding(reference.getReferencedEntityName()));
        } else if (value instanceof OneToMany reference) {
            checkReference(entity, reference.getAssociatedClass());
        } else if (value instanceof Any && !isTenants(entity)) {
            problems.add("the shared model " + entity.getEntityName()
                    + " cannot refer to any entity (@Any): it could be one of which each tenant has its own");
        }
    }

    private void checkReference(PersistentClass entity, @Nullable PersistentClass other) {
        if (other == null) {
            return;
        }
        if (!isTenants(entity) && isTenants(other)) {
            problems.add("the shared model " + entity.getEntityName() + " cannot refer to " + other.getEntityName()
                    + ", of which each tenant has its own");
        } else if (isApart && isTenants(entity) && !isTenants(other)) {
            problems.add("the tenant model " + entity.getEntityName() + " cannot refer to the shared model "
                    + other.getEntityName() + ", which is in another database: keep its id in place of it");
        }
    }

    private boolean isTenants(PersistentClass entity) {
        Class<?> type = entity.getMappedClass();
        return type != null && tenantModels.contains(type);
    }

    private boolean isUnpinned(Table table) {
        return (schemaIsCatalog || table.getSchema() == null) && table.getCatalog() == null;
    }

    private boolean isUnpinned(QualifiedName name) {
        return (schemaIsCatalog || name.getSchemaName() == null) && name.getCatalogName() == null;
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && "`\"".indexOf(name.charAt(0)) >= 0;
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
