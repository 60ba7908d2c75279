package dev.regista.sql;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.SessionFactory;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.spi.PersisterClassResolver;
import org.hibernate.query.sqm.mutation.internal.temptable.PersistentTableStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate makes of the models: its boot metadata, and the session factory built from it.
 *
 * @param placeholders null for a mapping in which each name has the schema that it always has
 * @param contentTypes null if rows have none
 */
record Mapping(
        StandardServiceRegistry services,
        Metadata metadata,
        SessionFactory sessionFactory,
        Ownership ownership,
        @Nullable Placeholders placeholders,
        @Nullable ContentTypeSupport contentTypes)
        implements AutoCloseable {

    /** A mapping in which the schema of a name never changes. */
    static Mapping plain(SqlBackend backend, MappedModels models) {
        Map<String, Object> properties = properties(backend);
        String schema = backend.settings().schema();
        if (schema != null) {
            properties.put(backend.product().defaultSchemaSetting(), quoted(schema));
        }
        properties.put(AvailableSettings.CONNECTION_PROVIDER, backend.pool());
        return build(backend, models, properties, false);
    }

    /** A mapping in which each session says by its route where the names without a schema are. */
    static Mapping routed(SqlBackend backend, MappedModels models) {
        Map<String, Object> properties = properties(backend);
        properties.put(backend.product().defaultSchemaSetting(), quoted(SqlSplitter.NAME));
        // It would be looked up by its name alone, in the first schema that has one.
        properties.put(AvailableSettings.SEQUENCE_INCREMENT_SIZE_MISMATCH_STRATEGY, "none");
        // One would be found on the class path; of what is shared, each tenant and schema would have its own.
        properties.put(AvailableSettings.USE_SECOND_LEVEL_CACHE, false);
        properties.put(AvailableSettings.USE_QUERY_CACHE, false);
        properties.put(AvailableSettings.MULTI_TENANT_CONNECTION_PROVIDER, new RoutedConnections(backend));
        return build(backend, models, properties, true);
    }

    private static Mapping build(
            SqlBackend backend, MappedModels models, Map<String, Object> properties, boolean routed) {
        ContentTypeSupport contentTypes = ContentTypeSupport.of(backend);
        StandardServiceRegistryBuilder builder = new StandardServiceRegistryBuilder().applySettings(properties);
        if (contentTypes != null) {
            builder.addService(PersisterClassResolver.class, contentTypes.persisters());
        }
        StandardServiceRegistry services = builder.build();
        try {
            MetadataSources sources = new MetadataSources(services);
            backend.mappedClasses(models).forEach(sources::addAnnotatedClass);
            Metadata metadata = models.applyTo(
                    RefColumns.metadata(sources), backend.product().schemaIsCatalog());
            if (contentTypes != null) {
                contentTypes.addTo(metadata, backend);
            }
            SequenceBlocks.addTo(metadata, backend.product());
            SessionFactory factory = metadata.getSessionFactoryBuilder().build();
            try {
                return of(backend, services, metadata, (SessionFactoryImplementor) factory, contentTypes, routed);
            } catch (Throwable t) {
                factory.close();
                throw t;
            }
        } catch (Throwable t) {
            StandardServiceRegistryBuilder.destroy(services);
            throw t;
        }
    }

    private static Mapping of(
            SqlBackend backend,
            StandardServiceRegistry services,
            Metadata metadata,
            SessionFactoryImplementor factory,
            @Nullable ContentTypeSupport contentTypes,
            boolean routed) {
        Ownership ownership = Ownership.of(
                metadata,
                factory,
                backend.settings().tenantModels(),
                backend.settings().tenantDatabases() != null,
                backend.product().schemaIsCatalog());
        Placeholders placeholders = routed
                ? new Placeholders(
                        backend.name(),
                        ownership.names(true),
                        ownership.names(false),
                        fixedNames(ownership, contentTypes, metadata),
                        String.valueOf(dialect(services).openQuote()),
                        backend.defaultSchema())
                : null;
        if (backend.settings().hasTenants()) {
            new Origins(backend.name(), new TenantModels(backend.settings().tenantModels()), backend.origins())
                    .listenTo(factory.getEventEngine().getListenerRegistry());
        }
        backend.signals().listenTo(factory);
        if (contentTypes != null) {
            contentTypes.listenTo(factory);
        }
        return new Mapping(services, metadata, factory, ownership, placeholders, contentTypes);
    }

    private static Set<String> fixedNames(
            Ownership ownership, @Nullable ContentTypeSupport contentTypes, Metadata metadata) {
        Set<String> names = new HashSet<>(ownership.fixedNames());
        if (contentTypes != null) {
            names.addAll(contentTypes.tables(metadata));
        }
        return names;
    }

    private static Map<String, Object> properties(SqlBackend backend) {
        SqlSettings settings = backend.settings();
        Map<String, Object> properties = new TreeMap<>();
        properties.put(AvailableSettings.STATEMENT_BATCH_SIZE, settings.batchSize());
        properties.put(AvailableSettings.ORDER_INSERTS, true);
        properties.put(AvailableSettings.ORDER_UPDATES, true);
        if (backend.product() == Product.SQLITE) {
            properties.put(AvailableSettings.TRANSACTION_COORDINATOR_STRATEGY, new SingleWriterTransactions());
            properties.put(AvailableSettings.PREFERRED_POOLED_OPTIMIZER, "none");
            // Tables that stay in the file: for statements of Hibernate that work on several tables.
            properties.put(PersistentTableStrategy.CREATE_ID_TABLES, settings.createTables());
        }
        properties.putAll(settings.hibernateProperties());
        return properties;
    }

    Dialect dialect() {
        return dialect(services);
    }

    private static Dialect dialect(StandardServiceRegistry services) {
        return services.requireService(JdbcServices.class).getJdbcEnvironment().getDialect();
    }

    /** In Hibernate's own form of quoting, so that the name reaches the database as it was given. */
    static String quoted(String name) {
        return "`" + name + "`";
    }

    @Override
    public void close() {
        try {
            sessionFactory.close();
        } finally {
            StandardServiceRegistryBuilder.destroy(services);
        }
    }
}
