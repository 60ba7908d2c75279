/** Tenants of a SQL database: {@link dev.regista.sql.tenancy.Tenants} is the entry. */
@NullMarked
package dev.regista.sql.tenancy;

import org.jspecify.annotations.NullMarked;
