package dev.regista.sql;

import dev.regista.sql.schema.ModelSchema;
import dev.regista.sql.schema.Schemas.Contents;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.MappingException;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Table;

/** The schema of the models, told from the boot metadata. */
final class MappedSchema implements ModelSchema {
    private final SqlBackend backend;
    private final LazyMapping lazy;

    /** SQLite has no schemas to put in place of a placeholder. */
    MappedSchema(SqlBackend backend) {
        this.backend = backend;
        this.lazy = backend.product() == Product.SQLITE ? backend.mapping() : backend.routed();
    }

    @Override
    public List<String> creation(Contents contents, String shared, String tenant) {
        return contents == Contents.EMPTY
                ? List.of()
                : lazy.with(mapping -> creation(mapping, contents, shared, tenant));
    }

    private List<String> creation(Mapping mapping, Contents contents, String shared, String tenant) {
        if (mapping.placeholders() == null) {
            return contents == Contents.MODELS
                    ? new DdlScripts(backend, mapping, Map.of(), table -> true, sequence -> true).creationOfAll()
                    : List.of();
        }
        return new SchemaDdl(backend)
                .tablesAndContentTypes(
                        contents,
                        contents == Contents.MODELS
                                ? Route.of(shared, 0, null)
                                : Route.of(shared, 0, null).withTenantSchema(tenant));
    }

    @Override
    public List<MappedTable> tables() {
        String unpinned =
                backend.settings().schema() == null ? "" : backend.settings().schema();
        return lazy.with(mapping -> mapping.metadata().collectTableMappings().stream()
                .filter(Table::isPhysicalTable)
                .filter(table -> !table.getName().equals(TenantRow.TABLE))
                .map(table -> table(table, mapping.ownership().isTenants(table), unpinned))
                .distinct()
                .sorted(Comparator.comparing(MappedTable::schema).thenComparing(MappedTable::name))
                .toList());
    }

    private MappedTable table(Table table, boolean isTenants, String unpinned) {
        String pinned = backend.product().schemaIsCatalog() ? table.getCatalog() : table.getSchema();
        if (isTenants) {
            return new MappedTable("", table.getName(), true);
        }
        return new MappedTable(pinned == null ? unpinned : pinned, table.getName(), false);
    }

    @Override
    public Set<String> elsewhere() {
        return lazy.with(mapping -> mapping.metadata().collectTableMappings().stream()
                .filter(Table::isPhysicalTable)
                .filter(table -> table.getSchema() != null || table.getCatalog() != null)
                .map(Table::getName)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public List<Column> columns(String model, String attribute) {
        return lazy.with(mapping -> mapping.metadata().getEntityBindings().stream()
                .filter(entity -> model.isEmpty() || isNamed(entity, model))
                .flatMap(entity -> columns(entity, attribute))
                .distinct()
                .sorted(Comparator.comparing(Column::table).thenComparing(Column::column))
                .toList());
    }

    private static boolean isNamed(PersistentClass entity, String model) {
        Class<?> type = entity.getMappedClass();
        return model.equals(entity.getEntityName())
                || model.equals(entity.getJpaEntityName())
                || (type != null && (model.equals(type.getName()) || model.equals(type.getSimpleName())));
    }

    private static Stream<Column> columns(PersistentClass entity, String attribute) {
        try {
            Property property = entity.getRecursiveProperty(attribute);
            String table = property.getValue().getTable().getName();
            return property.getColumns().stream().map(column -> new Column(table, column.getName()));
        } catch (MappingException e) {
            return Stream.empty();
        }
    }
}
