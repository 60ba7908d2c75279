package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.AbstractEntityPersister;
import org.hibernate.persister.entity.EntityPersister;

/** Repairs: rows without content types, and content types without rows. */
final class ContentTypeUpkeep {
    private final ContentTypeSupport support;

    ContentTypeUpkeep(ContentTypeSupport support) {
        this.support = support;
    }

    /** Gives content types to the rows of a hierarchy that have none. */
    long fill(ContentTypeLink link, ContentTypePlace place) {
        long all = 0;
        long some;
        do {
            some = place.call(session -> fillSome(link, session));
            all += some;
        } while (some == ContentTypeRows.MOST_AT_ONCE);
        return all;
    }

    private long fillSome(ContentTypeLink link, SharedSessionContractImplementor session) {
        String isMissing = link.isField() ? "e." + link.property() + " is null" : link.hql() + " is null";
        List<Object> entities = session.createSelectionQuery(
                        "select e from " + link.root() + " e where " + isMissing, Object.class)
                .setMaxResults(ContentTypeRows.MOST_AT_ONCE)
                .setReadOnly(true)
                .getResultList();
        List<ContentType> types = new ArrayList<>();
        for (Object entity : entities) {
            types.add(support.maker().make(link.root(), entity, null, null, session));
        }
        if (!entities.isEmpty()) {
            support.rows().insert(types, session);
            session.doWork(connection -> {
                for (int i = 0; i < types.size(); i++) {
                    update(connection, link, entities.get(i), types.get(i), session);
                }
            });
        }
        return entities.size();
    }

    private void update(
            java.sql.Connection connection,
            ContentTypeLink link,
            Object entity,
            ContentType type,
            SharedSessionContractImplementor session)
            throws SQLException {
        EntityPersister persister = session.getEntityPersister(null, entity);
        EntityIdentifierMapping id = persister.getIdentifierMapping();
        List<String> columns = new ArrayList<>();
        id.forEachSelectable((index, column) -> columns.add(column.getSelectionExpression() + " = ?"));
        String sql = "update " + ((AbstractEntityPersister) persister).getIdentifierTableMapping().getTableName() + " set "
                + link.column() + " = ? where " + String.join(" and ", columns);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ContentTypeRows.bind(statement, 1, type.id(), support.rows().idMapping(session), session);
            List<SQLException> failures = new ArrayList<>();
            id.forEachJdbcValue(
                    persister.getIdentifier(entity, session),
                    1,
                    (index, value, mapping) -> bind(statement, index + 1, value, mapping, session, failures),
                    session);
            if (!failures.isEmpty()) {
                throw failures.get(0);
            }
            statement.executeUpdate();
        }
    }

    @SuppressWarnings("unchecked")
    private static void bind(
            PreparedStatement statement,
            int index,
            Object value,
            JdbcMapping mapping,
            SharedSessionContractImplementor session,
            List<SQLException> failures) {
        try {
            mapping.getJdbcValueBinder().bind(statement, value, index, session);
        } catch (SQLException e) {
            failures.add(e);
        }
    }

    /** Deletes the content types of a hierarchy whose rows are gone. */
    long removeOrphans(ContentTypeLink link, ContentTypePlace place) {
        return place.call(session -> {
            Route route = (Route) session.getTenantIdentifierValue();
            boolean isTenants = link.isTenants() && route != null && route.tenant() != null;
            String schema = route == null ? null : isTenants ? route.tenantSchema() : route.schema();
            String hql = "delete from " + support.maker().settings().prototype().getName() + " c where c.name in (:names)"
                    + (schema == null ? " and c.schema is null" : " and c.schema = :schema")
                    + (isTenants ? " and c.tenantId = :tenant" : " and c.tenantId is null")
                    + " and not exists (select 1 from " + link.root() + " e where " + link.hql() + " = c.id)";
            var query = session.createMutationQuery(hql).setParameterList("names", support.modelsOf(link));
            if (schema != null) {
                query.setParameter("schema", schema);
            }
            if (isTenants) {
                query.setParameter("tenant", route.tenantId());
            }
            return (long) query.executeUpdate();
        });
    }
}
