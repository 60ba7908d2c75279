package dev.regista.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.mapping.Table;
import org.hibernate.resource.transaction.spi.DdlTransactionIsolator;
import org.hibernate.tool.schema.SourceType;
import org.hibernate.tool.schema.TargetType;
import org.hibernate.tool.schema.extract.spi.DatabaseInformation;
import org.hibernate.tool.schema.internal.ExceptionHandlerHaltImpl;
import org.hibernate.tool.schema.internal.Helper;
import org.hibernate.tool.schema.internal.HibernateSchemaManagementTool;
import org.hibernate.tool.schema.spi.ContributableMatcher;
import org.hibernate.tool.schema.spi.ExecutionOptions;
import org.hibernate.tool.schema.spi.SchemaFilter;
import org.hibernate.tool.schema.spi.SchemaFilterProvider;
import org.hibernate.tool.schema.spi.SchemaManagementTool;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator;
import org.hibernate.tool.schema.spi.ScriptSourceInput;
import org.hibernate.tool.schema.spi.ScriptTargetOutput;
import org.hibernate.tool.schema.spi.SourceDescriptor;
import org.hibernate.tool.schema.spi.TargetDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Hibernate write the DDL of a mapping, for the objects that are missing or that exist. Hibernate's own migrator would
 * alter existing tables too, and drop and re-create the types they use; so only its script writers are used here, and its
 * reading of what exists.
 */
final class DdlScripts {
    /** An enum of the database, as Hibernate writes it. */
    private static final Pattern TYPE = Pattern.compile(
            "create (?:type|domain) [`\"]?([^ `\"]+)|create cast \\((?:varchar as )?(\\w+)", Pattern.CASE_INSENSITIVE);

    private final SqlBackend backend;
    private final Mapping mapping;
    private final Map<String, Object> names;
    private final Predicate<Table> tables;
    private final Predicate<Sequence> sequences;
    private final HibernateSchemaManagementTool tool;

    /**
     * Writes DDL for a part of what a mapping has.
     *
     * @param names settings of Hibernate that replace those of the mapping; for the schema of names without one
     */
    DdlScripts(
            SqlBackend backend,
            Mapping mapping,
            Map<String, Object> names,
            Predicate<Table> tables,
            Predicate<Sequence> sequences) {
        this.backend = backend;
        this.mapping = mapping;
        this.names = names;
        this.tables = tables;
        this.sequences = sequences;
        this.tool = (HibernateSchemaManagementTool) mapping.services().requireService(SchemaManagementTool.class);
    }

    /** Returns the statements that create what is missing; none if nothing is. */
    List<String> creation() {
        Present present = present();
        if (isComplete(present)) {
            return List.of();
        }
        return creation(
                        new Filter(
                                table -> tables.test(table) && !present.tables.contains(table),
                                sequence -> sequences.test(sequence) && !present.sequences.contains(sequence)),
                        true)
                .stream()
                .filter(statement -> !present.hasType(statement))
                .toList();
    }

    /** Returns the statements that create everything, in schemas that exist. Asks nothing of the database. */
    List<String> creationOfAll() {
        return creation(new Filter(tables, sequences), false);
    }

    /** Returns whether a statement creates a type of columns, or a cast of one. Hibernate names them without a schema. */
    static boolean createsType(String statement) {
        return TYPE.matcher(statement).lookingAt();
    }

    private List<String> creation(SchemaFilter wanted, boolean schemasToo) {
        Map<String, Object> settings = settings(wanted);
        settings.put(AvailableSettings.JAKARTA_HBM2DDL_CREATE_SCHEMAS, schemasToo);
        return collect(target -> tool.getSchemaCreator(settings)
                .doCreation(mapping.metadata(), options(settings), ContributableMatcher.ALL, FROM_METADATA, target));
    }

    /** Returns the statements that drop what exists; none if nothing does. */
    List<String> dropping() {
        Present present = present();
        if (present.tables.isEmpty() && present.sequences.isEmpty()) {
            return List.of();
        }
        Map<String, Object> settings = settings(new Filter(present.tables::contains, present.sequences::contains));
        return collect(target -> tool.getSchemaDropper(settings)
                .doDrop(mapping.metadata(), options(settings), ContributableMatcher.ALL, FROM_METADATA, target));
    }

    private record Present(Set<Table> tables, Set<Sequence> sequences, Set<String> types) {
        boolean hasType(String statement) {
            Matcher type = TYPE.matcher(statement);
            if (!type.lookingAt()) {
                return false;
            }
            String name = type.group(1) == null ? type.group(2) : type.group(1);
            return types.contains(name.toLowerCase(Locale.ROOT));
        }
    }

    private boolean isComplete(Present present) {
        for (Namespace namespace : mapping.metadata().getDatabase().getNamespaces()) {
            if (!present.tables.containsAll(physical(namespace))
                    || !present.sequences.containsAll(sequencesOf(namespace))) {
                return false;
            }
        }
        return true;
    }

    private Present present() {
        Map<String, Object> settings = settings(null);
        SqlStringGenerationContext naming =
                Helper.createSqlStringGenerationContext(options(settings), mapping.metadata());
        Present present = new Present(new HashSet<>(), new HashSet<>(), new HashSet<>());
        try (DdlTransactionIsolator isolator = tool.getDdlTransactionIsolator(tool.resolveJdbcContext(settings))) {
            DatabaseInformation information = Helper.buildDatabaseInformation(isolator, naming, tool);
            Optional<Set<String>> existing = existingSequences(isolator.getIsolatedConnection());
            present.types.addAll(existingTypes(isolator.getIsolatedConnection()));
            for (Namespace namespace : mapping.metadata().getDatabase().getNamespaces()) {
                physical(namespace).stream()
                        .filter(table -> information.getTableInformation(table.getQualifiedTableName()) != null)
                        .forEach(present.tables::add);
                sequencesOf(namespace).stream()
                        .filter(sequence -> existing.isEmpty()
                                ? information.getSequenceInformation(sequence.getName()) != null
                                : existing.get().contains(qualified(sequence)))
                        .forEach(present.sequences::add);
            }
            information.cleanup();
        }
        return present;
    }

    /** Hibernate looks sequences up by their name alone, and so takes one of another schema for its own. */
    private Optional<Set<String>> existingSequences(Connection connection) {
        String query = backend.product().sequences();
        if (query.isEmpty()) {
            return Optional.empty();
        }
        Set<String> existing = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                existing.add(qualified(rows.getString(1), rows.getString(2)));
            }
        } catch (SQLException e) {
            throw new SchemaException(backend.name(), query, e);
        }
        return Optional.of(existing);
    }

    private Set<String> existingTypes(Connection connection) {
        Set<String> existing = new HashSet<>();
        String query = backend.product().types();
        if (!query.isEmpty()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    existing.add(rows.getString(1).toLowerCase(Locale.ROOT));
                }
            } catch (SQLException e) {
                throw new SchemaException(backend.name(), query, e);
            }
        }
        return existing;
    }

    private String qualified(Sequence sequence) {
        Identifier schema = backend.product().schemaIsCatalog()
                ? sequence.getName().getCatalogName()
                : sequence.getName().getSchemaName();
        return qualified(
                schema == null ? backend.defaultSchema() : schema.getText(),
                sequence.getName().getSequenceName().getText());
    }

    /** Names without quotes reach a catalogue in lower or in upper case. */
    private static String qualified(String schema, String name) {
        return (schema + '.' + name).toLowerCase(Locale.ROOT);
    }

    private List<Table> physical(Namespace namespace) {
        return namespace.getTables().stream()
                .filter(Table::isPhysicalTable)
                .filter(tables)
                .toList();
    }

    private List<Sequence> sequencesOf(Namespace namespace) {
        List<Sequence> found = new ArrayList<>();
        namespace.getSequences().forEach(found::add);
        found.removeIf(sequences.negate());
        return found;
    }

    private Map<String, Object> settings(@Nullable SchemaFilter filter) {
        Map<String, Object> settings = new HashMap<>(
                mapping.services().requireService(ConfigurationService.class).getSettings());
        settings.putAll(names);
        if (filter != null) {
            settings.put(AvailableSettings.HBM2DDL_FILTER_PROVIDER, new OneFilter(filter));
        }
        return settings;
    }

    private static ExecutionOptions options(Map<String, Object> settings) {
        return SchemaManagementToolCoordinator.buildExecutionOptions(settings, ExceptionHandlerHaltImpl.INSTANCE);
    }

    private interface Writer {
        void writeTo(TargetDescriptor target);
    }

    private static List<String> collect(Writer writer) {
        List<String> statements = new ArrayList<>();
        writer.writeTo(new TargetDescriptor() {
            @Override
            public EnumSet<TargetType> getTargetTypes() {
                return EnumSet.of(TargetType.SCRIPT);
            }

            @Override
            public ScriptTargetOutput getScriptTargetOutput() {
                return new Collector(statements);
            }
        });
        return statements;
    }

    private record Collector(List<String> statements) implements ScriptTargetOutput {
        @Override
        public void prepare() {
            // Nothing to open: the statements stay in memory.
        }

        @Override
        public void accept(String command) {
            statements.add(command);
        }

        @Override
        public void release() {
            // Nothing to close.
        }
    }

    private static final SourceDescriptor FROM_METADATA = new SourceDescriptor() {
        @Override
        public SourceType getSourceType() {
            return SourceType.METADATA;
        }

        @Override
        public @Nullable ScriptSourceInput getScriptSourceInput() {
            return null;
        }
    };

    private record Filter(Predicate<Table> tables, Predicate<Sequence> sequences) implements SchemaFilter {
        @Override
        public boolean includeNamespace(Namespace namespace) {
            return true;
        }

        @Override
        public boolean includeTable(Table table) {
            return tables.test(table);
        }

        @Override
        public boolean includeSequence(Sequence sequence) {
            return sequences.test(sequence);
        }
    }

    private record OneFilter(SchemaFilter filter) implements SchemaFilterProvider {
        @Override
        public SchemaFilter getCreateFilter() {
            return filter;
        }

        @Override
        public SchemaFilter getDropFilter() {
            return filter;
        }

        @Override
        public SchemaFilter getTruncatorFilter() {
            return filter;
        }

        @Override
        public SchemaFilter getMigrateFilter() {
            return filter;
        }

        @Override
        public SchemaFilter getValidateFilter() {
            return filter;
        }
    }
}
