package dev.regista.sql;

import java.util.List;

/**
 * How the rows of a hierarchy of entities are linked to their content types.
 *
 * @param root the name of the root entity
 * @param property the attribute that has the link
 * @param isField whether it is a field of the class, of the type of the content types; otherwise it is the id of one, in a
 *     column that the class knows nothing of
 * @param isTenants whether each tenant has rows of its own
 * @param keepsRows whether removing an object leaves its row, marked as deleted
 * @param tables the tables that have the column, as they are named in SQL
 * @param column the column, likewise
 */
record ContentTypeLink(
        String root,
        String property,
        boolean isField,
        boolean isTenants,
        boolean keepsRows,
        List<String> tables,
        String column) {
    /** The column of models that know nothing of it. */
    static final String COLUMN = "content_type";

    /** As Hibernate names its own attributes that have no member. No dots: they would lead into a component. */
    static final String PROPERTY = "content_type";

    /** Returns the id of the content type of an entity {@code e} in HQL, which cannot name an attribute without a member. */
    String hql() {
        return isField ? "e." + property + ".id" : "column(e." + column + " as java.util.UUID)";
    }
}
