/** Content types: a row in one table for every row of every participating model. */
@NullMarked
package dev.regista.sql.contenttype;

import org.jspecify.annotations.NullMarked;
