package dev.regista.benchmarks;

import java.util.Collection;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.context.spi.TenantSchemaMapper;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** Hibernate by itself, over a pool that it is given, with its own defaults. */
final class HibernatePeer {
    private HibernatePeer() {}

    static SessionFactory plain(DataSource pool, Collection<Class<?>> models) {
        return factory(pool, models, Map.of());
    }

    /** With its own tenancy by schema: it sets the schema on each connection. The name of a tenant is that of its schema. */
    static SessionFactory withTenants(DataSource pool, Collection<Class<?>> models) {
        TenantSchemaMapper<String> mapper = tenant -> tenant;
        return factory(pool, models, Map.of(AvailableSettings.MULTI_TENANT_SCHEMA_MAPPER, mapper));
    }

    private static SessionFactory factory(
            DataSource pool, Collection<Class<?>> models, Map<String, Object> properties) {
        HibernatePersistenceConfiguration configuration = new HibernatePersistenceConfiguration("peer");
        configuration.managedClasses(models);
        configuration.property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, pool);
        properties.forEach(configuration::property);
        return configuration.createEntityManagerFactory();
    }
}
