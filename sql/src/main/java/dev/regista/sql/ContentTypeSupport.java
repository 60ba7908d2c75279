package dev.regista.sql;

import dev.regista.sql.contenttype.ContentTypeSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hibernate.boot.Metadata;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.spi.PersisterClassResolver;
import org.jspecify.annotations.Nullable;

/** What content types are in one mapping. */
record ContentTypeSupport(
        String database,
        ContentTypeMaker maker,
        ContentTypeRows rows,
        ContentTypeDeletes deletes,
        ContentTypeEvents events) {
    /** Returns what a mapping needs for content types, or null if it is to have none. */
    static @Nullable ContentTypeSupport of(SqlBackend backend) {
        ContentTypeSettings settings = backend.settings().contentTypes();
        if (settings == null) {
            return null;
        }
        ContentTypeMaker maker = new ContentTypeMaker(
                settings,
                hasConstraint(settings, backend),
                backend.preparedTypes(),
                backend.name(),
                settings.database() == null ? null : new RemoteContentTypes(backend.neighbours(), settings.database()));
        ContentTypeRows rows = new ContentTypeRows(maker, backend);
        ContentTypeDeletes deletes = new ContentTypeDeletes(maker, backend);
        return new ContentTypeSupport(
                backend.name(), maker, rows, deletes, new ContentTypeEvents(maker, rows, deletes));
    }

    /** Hibernate adds foreign keys to tables that are there, which SQLite cannot. */
    private static boolean hasConstraint(ContentTypeSettings settings, SqlBackend backend) {
        return settings.constraint()
                && settings.database() == null
                && backend.settings().tenantDatabases() == null
                && backend.product() != Product.SQLITE;
    }

    /** Changes the metadata before there is a session factory. */
    void addTo(Metadata metadata, SqlBackend backend) {
        maker.linkedBy(ContentTypeMapping.addTo(metadata, backend, maker), metadata);
    }

    /** Returns the tables of content types, in lower case: in one schema, whatever the route. */
    Set<String> tables(Metadata metadata) {
        PersistentClass types =
                metadata.getEntityBinding(maker.settings().prototype().getName());
        return types == null ? Set.of() : Set.of(types.getTable().getName().toLowerCase(Locale.ROOT));
    }

    void listenTo(SessionFactoryImplementor factory) {
        events.listenTo(factory.getEventEngine().getListenerRegistry());
    }

    /** Returns the service that lets deletes by query take content types with them. */
    PersisterClassResolver persisters() {
        return new ContentTypePersisters(this);
    }

    /** Whether a delete by query of an entity has to do something beside. */
    boolean concerns(EntityPersister persister) {
        ContentTypeLink link = maker.link(persister);
        return link == null
                ? persister.getEntityName().equals(maker.settings().prototype().getName())
                        && (!maker.hasConstraint() || !rows.guests().isEmpty())
                : !link.keepsRows();
    }

    /** Returns the names of the models that have content types, and how their rows are linked. */
    Map<String, ContentTypeLink> byName() {
        return maker.names();
    }

    @Nullable
    ContentTypeLink linkOf(String model) {
        return byName().get(model);
    }

    Set<String> models() {
        return byName().keySet();
    }

    List<String> modelsOf(ContentTypeLink link) {
        return byName().entrySet().stream()
                .filter(entry -> entry.getValue().equals(link))
                .map(Map.Entry::getKey)
                .toList();
    }
}
