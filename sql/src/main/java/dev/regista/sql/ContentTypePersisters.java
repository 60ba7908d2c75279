package dev.regista.sql;

import java.io.Serial;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.metamodel.spi.RuntimeModelCreationContext;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.JoinedSubclassEntityPersister;
import org.hibernate.persister.entity.SingleTableEntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;
import org.hibernate.persister.internal.StandardPersisterClassResolver;
import org.hibernate.persister.spi.PersisterClassResolver;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableInsertStrategy;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's persisters, with another way to run deletes that are queries: the one place where Hibernate lets anybody see
 * them. Whether there is anything to do is looked up when a query runs.
 */
final class ContentTypePersisters implements PersisterClassResolver {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PersisterClassResolver standard = new StandardPersisterClassResolver();

    private final transient ContentTypeSupport support;

    ContentTypePersisters(ContentTypeSupport support) {
        this.support = support;
    }

    ContentTypeSupport support() {
        return support;
    }

    @Override
    public Class<? extends EntityPersister> getEntityPersisterClass(PersistentClass metadata) {
        Class<? extends EntityPersister> usual = standard.getEntityPersisterClass(metadata);
        if (usual == SingleTableEntityPersister.class) {
            return SingleTable.class;
        }
        if (usual == JoinedSubclassEntityPersister.class) {
            return Joined.class;
        }
        return usual == UnionSubclassEntityPersister.class ? Union.class : usual;
    }

    @Override
    public Class<? extends CollectionPersister> getCollectionPersisterClass(Collection metadata) {
        return standard.getCollectionPersisterClass(metadata);
    }

    /** For Hibernate. */
    public static class SingleTable extends SingleTableEntityPersister {
        @Serial
        private static final long serialVersionUID = 1L;

        /** For Hibernate. */
        public SingleTable(
                PersistentClass entity,
                EntityDataAccess cache,
                NaturalIdDataAccess naturalIds,
                RuntimeModelCreationContext context) {
            super(entity, cache, naturalIds, context);
        }

        @Override
        public @Nullable SqmMultiTableMutationStrategy getSqmMultiTableMutationStrategy() {
            return ContentTypeQueries.around(super.getSqmMultiTableMutationStrategy(), this);
        }

        @Override
        public @Nullable SqmMultiTableInsertStrategy getSqmMultiTableInsertStrategy() {
            return ContentTypeQueries.insertStrategy(super.getSqmMultiTableInsertStrategy(), this);
        }
    }

    /** For Hibernate. */
    public static class Joined extends JoinedSubclassEntityPersister {
        @Serial
        private static final long serialVersionUID = 1L;

        /** For Hibernate. */
        public Joined(
                PersistentClass entity,
                EntityDataAccess cache,
                NaturalIdDataAccess naturalIds,
                RuntimeModelCreationContext context) {
            super(entity, cache, naturalIds, context);
        }

        @Override
        public @Nullable SqmMultiTableMutationStrategy getSqmMultiTableMutationStrategy() {
            return ContentTypeQueries.around(super.getSqmMultiTableMutationStrategy(), this);
        }

        @Override
        public @Nullable SqmMultiTableInsertStrategy getSqmMultiTableInsertStrategy() {
            return ContentTypeQueries.insertStrategy(super.getSqmMultiTableInsertStrategy(), this);
        }
    }

    /** For Hibernate. */
    public static class Union extends UnionSubclassEntityPersister {
        @Serial
        private static final long serialVersionUID = 1L;

        /** For Hibernate. */
        public Union(
                PersistentClass entity,
                EntityDataAccess cache,
                NaturalIdDataAccess naturalIds,
                RuntimeModelCreationContext context) {
            super(entity, cache, naturalIds, context);
        }

        @Override
        public @Nullable SqmMultiTableMutationStrategy getSqmMultiTableMutationStrategy() {
            return ContentTypeQueries.around(super.getSqmMultiTableMutationStrategy(), this);
        }

        @Override
        public @Nullable SqmMultiTableInsertStrategy getSqmMultiTableInsertStrategy() {
            return ContentTypeQueries.insertStrategy(super.getSqmMultiTableInsertStrategy(), this);
        }
    }
}
