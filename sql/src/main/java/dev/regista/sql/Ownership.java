package dev.regista.sql;

import dev.regista.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.id.enhanced.TableGenerator;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.ForeignKey;
import org.hibernate.mapping.Join;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/**
 * Which tables and sequences belong to tenant models, and which to shared ones. Nothing may belong to both, and nothing
 * shared may refer to what belongs to tenants. Objects that name a schema of their own are in neither: they stay there.
 */
final class Ownership {
    /** Name, in lower case, of a table or sequence to whether it is the tenants'. */
    private final Map<String, Boolean> objects = new HashMap<>();

    private final Map<String, String> owners = new HashMap<>();
    private final Set<Table> tenantTables = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<Class<?>> tenantModels;

    private Ownership(Set<Class<?>> tenantModels) {
        this.tenantModels = tenantModels;
    }

    /**
     * Finds out.
     *
     * @param apart whether tenants have databases of their own, so that nothing of theirs can refer to what is shared
     * @throws ConfigurationException if something belongs to both
     */
    static Ownership of(
            Metadata metadata, SessionFactoryImplementor factory, Set<Class<?>> tenantModels, boolean apart) {
        Ownership ownership = new Ownership(tenantModels);
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
        ownership.checkForeignKeys(metadata, apart);
        if (!ownership.problems.isEmpty()) {
            throw new ConfigurationException(ownership.problems);
        }
        return ownership;
    }

    boolean isTenants(Table table) {
        return tenantTables.contains(table);
    }

    boolean isTenants(Sequence sequence) {
        return Boolean.TRUE.equals(
                objects.get(lower(sequence.getName().getSequenceName().getText())));
    }

    Set<String> names(boolean tenants) {
        return objects.entrySet().stream()
                .filter(object -> object.getValue() == tenants)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void addTables(PersistentClass entity) {
        add(entity.getTable(), entity);
        for (Join join : entity.getJoins()) {
            add(join.getTable(), entity);
        }
    }

    private void add(@Nullable Table table, PersistentClass entity) {
        if (table != null && table.getSchema() == null && table.getCatalog() == null) {
            if (isTenants(entity)) {
                tenantTables.add(table);
            }
            add(table.getName(), entity);
        }
    }

    private void addGenerator(PersistentClass entity, @Nullable Generator generator) {
        if (generator instanceof SequenceStyleGenerator sequence) {
            add(
                    sequence.getDatabaseStructure()
                            .getPhysicalName()
                            .getObjectName()
                            .getText(),
                    entity);
        } else if (generator instanceof TableGenerator table) {
            String name = table.getTableName();
            add(name.substring(name.lastIndexOf('.') + 1), entity);
        }
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

    private void checkForeignKeys(Metadata metadata, boolean apart) {
        for (Table table : metadata.collectTableMappings()) {
            boolean tenants = tenantTables.contains(table);
            for (ForeignKey key : table.getForeignKeyCollection()) {
                Table other = key.getReferencedTable();
                if (!tenants && tenantTables.contains(other)) {
                    problems.add("the shared table '" + table.getName() + "' cannot refer to '" + other.getName()
                            + "', of which each tenant has its own");
                } else if (apart && tenants && !tenantTables.contains(other)) {
                    problems.add("the table '" + table.getName() + "' of tenants that have databases of their own"
                            + " cannot refer to the shared table '" + other.getName() + "': keep its id in place of it");
                }
            }
        }
    }

    private boolean isTenants(PersistentClass entity) {
        return tenantModels.contains(entity.getMappedClass());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
