package dev.regista.sql;

import dev.regista.sql.contenttype.ContentType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.AbstractEntityPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

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
            Connection connection,
            ContentTypeLink link,
            Object entity,
            ContentType type,
            SharedSessionContractImplementor session)
            throws SQLException {
        EntityPersister persister = session.getEntityPersister(null, entity);
        EntityIdentifierMapping id = persister.getIdentifierMapping();
        List<String> columns = new ArrayList<>();
        id.forEachSelectable((index, column) -> columns.add(column.getSelectionExpression() + " = ?"));
        String sql = "update "
                + ((AbstractEntityPersister) persister)
                        .getIdentifierTableMapping()
                        .getTableName() + " set " + link.column() + " = ? where " + String.join(" and ", columns);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ContentTypeRows.bind(statement, 1, type.id(), ContentTypeRows.mapping(link, session), session);
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

    /** Deletes the content types of a hierarchy whose rows are gone. In SQL: queries do not see rows that are hidden. */
    long removeOrphans(ContentTypeLink link, ContentTypePlace place) {
        return place.call(session -> {
            AbstractEntityPersister types =
                    (AbstractEntityPersister) support.maker().types(session.getFactory());
            Route route = (Route) session.getTenantIdentifierValue();
            boolean isTenants = link.isTenants() && route != null && route.tenant() != null;
            String schema = route == null ? null : isTenants ? route.tenantSchema() : route.schema();
            List<String> models = support.modelsOf(link);
            List<Object> values = new ArrayList<>(models);
            StringBuilder sql = new StringBuilder("delete from " + types.getTableName() + " where "
                    + column(types, "name") + " in (" + "?,".repeat(models.size() - 1) + "?)");
            addCondition(sql, column(types, "database"), null, values);
            addCondition(sql, column(types, "schema"), schema, values);
            addCondition(sql, column(types, "tenantId"), isTenants ? route.tenantId() : null, values);
            for (String table : ContentTypeRows.tables(link, session.getFactory())) {
                sql.append(" and not exists (select 1 from " + table + " r where r." + link.column() + " = "
                        + types.getTableName() + "." + types.getIdentifierColumnNames()[0] + ")");
            }
            return execute(sql.toString(), values, session);
        });
    }

    private static String column(AbstractEntityPersister types, String attribute) {
        return types.getPropertyColumnNames(attribute)[0];
    }

    private static void addCondition(StringBuilder sql, String column, @Nullable Object value, List<Object> values) {
        sql.append(" and ").append(column).append(value == null ? " is null" : " = ?");
        if (value != null) {
            values.add(value);
        }
    }

    private static long execute(String sql, List<Object> values, SharedSessionContractImplementor session) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                return (long) statement.executeUpdate();
            }
        });
    }
}
