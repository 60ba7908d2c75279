/** Schemas of a SQL database: {@link dev.regista.sql.schema.Schemas} is the entry. */
@NullMarked
package dev.regista.sql.schema;

import org.jspecify.annotations.NullMarked;
