package dev.regista.sql;

import java.util.Map;
import java.util.TreeMap;
import org.hibernate.SessionFactory;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;

/** What Hibernate makes of the models: its boot metadata, and the session factory built from it. */
record Mapping(StandardServiceRegistry services, Metadata metadata, SessionFactory sessionFactory)
        implements AutoCloseable {
    static Mapping build(Iterable<Class<?>> models, SqlSettings settings, Product product, Pool pool) {
        StandardServiceRegistry services = new StandardServiceRegistryBuilder()
                .applySettings(properties(settings, product, pool))
                .build();
        try {
            MetadataSources sources = new MetadataSources(services);
            models.forEach(sources::addAnnotatedClass);
            Metadata metadata = sources.buildMetadata();
            return new Mapping(
                    services, metadata, metadata.getSessionFactoryBuilder().build());
        } catch (Throwable t) {
            StandardServiceRegistryBuilder.destroy(services);
            throw t;
        }
    }

    private static Map<String, Object> properties(SqlSettings settings, Product product, Pool pool) {
        Map<String, Object> properties = new TreeMap<>();
        properties.put(AvailableSettings.STATEMENT_BATCH_SIZE, settings.batchSize());
        properties.put(AvailableSettings.ORDER_INSERTS, true);
        properties.put(AvailableSettings.ORDER_UPDATES, true);
        String schema = settings.schema();
        if (schema != null) {
            properties.put(
                    product.schemaIsCatalog() ? AvailableSettings.DEFAULT_CATALOG : AvailableSettings.DEFAULT_SCHEMA,
                    quoted(schema));
        }
        if (product == Product.SQLITE) {
            properties.put(AvailableSettings.TRANSACTION_COORDINATOR_STRATEGY, new SingleWriterTransactions());
            properties.put(AvailableSettings.PREFERRED_POOLED_OPTIMIZER, "none");
        }
        properties.putAll(settings.hibernateProperties());
        properties.put(AvailableSettings.CONNECTION_PROVIDER, pool);
        return properties;
    }

    /** In Hibernate's own form of quoting, so that the name reaches the database as it was given. */
    private static String quoted(String name) {
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
