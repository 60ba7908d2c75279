package dev.regista.sql;

import dev.regista.ConfigurationException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.Database;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Join;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.SimpleValue;
import org.hibernate.mapping.Table;

/** Changes how one entity is mapped, in Hibernate's boot metadata. */
@SuppressWarnings("ReferenceEquality") // tables are equal when their names are; here it is about the table itself
final class EntityChanges {
    /** What Hibernate appends to the name of a table for a sequence that has none of its own. */
    private static final String SEQUENCE_SUFFIX = "_SEQ";

    private final Database database;
    private final java.util.Collection<Collection> collections;
    private final PersistentClass entity;
    private final boolean schemaIsCatalog;

    EntityChanges(Metadata metadata, PersistentClass entity, boolean schemaIsCatalog) {
        this.database = metadata.getDatabase();
        this.collections = metadata.getCollectionBindings();
        this.entity = entity;
        this.schemaIsCatalog = schemaIsCatalog;
    }

    void make(ModelSettings settings) {
        String table = settings.table();
        String schema = settings.schema();
        if (table != null) {
            rename(table);
        }
        if (schema != null) {
            tables().forEach(each -> move(each, schema));
        }
        settings.columns().forEach(this::addColumn);
        settings.listeners().forEach(listener -> entity.addCallbackDefinitions(listener.definitions()));
    }

    private Stream<Table> tables() {
        requireOwnTable();
        Stream<Table> ofCollections = collections.stream()
                .filter(collection -> collection.getOwner() == entity && !collection.isOneToMany())
                .map(Collection::getCollectionTable);
        return Stream.concat(
                        Stream.concat(
                                Stream.of(entity.getTable()),
                                entity.getJoins().stream().map(Join::getTable)),
                        ofCollections)
                .distinct();
    }

    private void requireOwnTable() {
        PersistentClass parent = entity.getSuperclass();
        if (parent != null && parent.getTable() == entity.getTable()) {
            throw new ConfigurationException(
                    entity.getEntityName() + " is in the table of " + parent.getEntityName() + ": change that one");
        }
    }

    private void rename(String name) {
        requireOwnTable();
        Table table = entity.getTable();
        String before = table.getName();
        table.setName(name);
        refuseDouble(table, namespaceOf(table));
        if (!before.equals(table.getName())) {
            // Hibernate names it again when it builds the generator, and would create this one too.
            removeSequence(before + SEQUENCE_SUFFIX);
        }
    }

    private Namespace namespaceOf(Table table) {
        for (Namespace namespace : database.getNamespaces()) {
            if (namespace.getTables().stream().anyMatch(other -> other == table)) {
                return namespace;
            }
        }
        throw new IllegalStateException("Hibernate does not know where " + table + " is");
    }

    private static void refuseDouble(Table table, Namespace namespace) {
        Identifier name = table.getNameIdentifier();
        boolean isTaken = namespace.getTables().stream()
                .anyMatch(other -> other != table && name.equals(other.getNameIdentifier()));
        if (isTaken) {
            throw new ConfigurationException("there is another table named '" + table.getName() + "'");
        }
    }

    private void removeSequence(String name) {
        for (Namespace namespace : database.getNamespaces()) {
            Iterator<Sequence> sequences = namespace.getSequences().iterator();
            while (sequences.hasNext()) {
                if (sequences.next().getName().getSequenceName().getText().equalsIgnoreCase(name)) {
                    sequences.remove();
                }
            }
        }
    }

    private void move(Table table, String schema) {
        String quoted = Mapping.quoted(schema);
        Identifier identifier = database.toIdentifier(quoted);
        namespaceOf(table).getTables().removeIf(other -> other == table);
        Namespace namespace = schemaIsCatalog
                ? database.locateNamespace(identifier, null)
                : database.locateNamespace(null, identifier);
        if (schemaIsCatalog) {
            table.setCatalog(quoted);
        } else {
            table.setSchema(quoted);
        }
        refuseDouble(table, namespace);
        namespace.registerTable(table.getNameIdentifier(), table);
    }

    private void addColumn(String name, String definition) {
        requireOwnTable();
        Table table = entity.getTable();
        Column column = new Column(name);
        if (table.getColumn(column) != null) {
            throw new ConfigurationException(
                    "the table '" + table.getName() + "' has a column '" + column.getName() + "' already");
        }
        column.setSqlType(definition);
        BasicValue value = new BasicValue(((SimpleValue) entity.getIdentifier()).getBuildingContext(), table);
        value.setTypeName("string");
        value.addColumn(column);
        value.resolve();
        table.addColumn(column);
    }
}
