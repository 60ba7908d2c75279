/** References to models of other databases. */
@NullMarked
package dev.regista.sql.reference;

import org.jspecify.annotations.NullMarked;
