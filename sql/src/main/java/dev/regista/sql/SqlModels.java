package dev.regista.sql;

import dev.regista.ConfigurationException;
import dev.regista.NotSupportedException;
import dev.regista.model.ModelKind;
import dev.regista.model.ModelPart;
import jakarta.persistence.Entity;
import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The models of one SQL database, open or not. What changes them is called by one thread at a time. */
final class SqlModels {
    /** The name of the entity that holds content types, whatever its class. */
    static final String CONTENT_TYPE = "ContentType";

    private final String name;
    private final SqlSettings settings;
    private final TenantModels tenantModels;
    private final Supplier<Optional<SqlBackend>> live;
    private volatile MappedModels mapped;

    SqlModels(String name, Set<Class<?>> declared, SqlSettings settings, Supplier<Optional<SqlBackend>> live) {
        this.name = name;
        this.settings = settings;
        this.tenantModels = new TenantModels(settings.tenantModels());
        this.live = live;
        this.mapped = MappedModels.of(declared);
    }

    MappedModels mapped() {
        return mapped;
    }

    Optional<DefaultSqlModel> find(String database, Class<?> type) {
        SqlDatabaseBuilder.problemOf(type).ifPresent(problem -> {
            throw new ConfigurationException(problem);
        });
        boolean isTenants = tenantModels.contains(type);
        if (isTenants && !settings.hasTenants()) {
            throw new NotSupportedException(
                    name, "the tenant model " + type.getName() + ": it was built without tenant models");
        }
        Entity entity = type.getAnnotation(Entity.class);
        if (entity == null) {
            return Optional.empty();
        }
        String modelName = type == settings.contentType() ? CONTENT_TYPE : nameOf(entity, type);
        return Optional.of(
                DefaultSqlModel.sealed(modelName, type, database, isTenants ? ModelKind.TENANT : ModelKind.ORDINARY));
    }

    /** The name in HQL: of a nested class, Hibernate's has the outer one in it. */
    private static String nameOf(Entity entity, Class<?> type) {
        String qualified = type.getName();
        return entity.name().isEmpty() ? qualified.substring(qualified.lastIndexOf('.') + 1) : entity.name();
    }

    /**
     * Goes over to other models. Where they have been mapped, the new ones are mapped first, so that what cannot be mapped
     * changes nothing.
     *
     * @return what undoes it
     */
    Runnable change(Set<Class<?>> next, Collection<DefaultSqlModel> changed) {
        MappedModels before = mapped;
        MappedModels after = before.with(next, changed);
        if (after.equals(before)) {
            return () -> {};
        }
        live.get().ifPresent(backend -> prepare(backend, after));
        replace(after);
        return () -> replace(before);
    }

    private void prepare(SqlBackend backend, MappedModels next) {
        try {
            backend.prepare(next);
        } catch (PersistenceException e) {
            ConfigurationException refused =
                    new ConfigurationException("database '" + name + "' cannot map these models: " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    private void replace(MappedModels next) {
        mapped = next;
        live.get().ifPresent(SqlBackend::settle);
    }

    void init(SqlBackend backend, Set<ModelPart> parts) {
        if (parts.contains(ModelPart.MAPPING)) {
            backend.mapping().use().close();
        }
        if (parts.contains(ModelPart.ROUTING) && backend.product() != Product.SQLITE) {
            backend.routed().use().close();
        }
    }

    void invalidate(SqlBackend backend, Set<ModelPart> parts) {
        if (parts.contains(ModelPart.MAPPING)) {
            backend.mapping().renew();
        }
        if (parts.contains(ModelPart.ROUTING)) {
            backend.routed().renew();
        }
    }
}
