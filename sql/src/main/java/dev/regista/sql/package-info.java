/**
 * SQL databases: a connection pool (HikariCP) and sessions (Hibernate ORM) for any JDBC URL. Start at
 * {@link dev.regista.sql.SqlDatabase#at(String)}.
 */
@NullMarked
package dev.regista.sql;

import org.jspecify.annotations.NullMarked;
