/** Listeners to what units of work do to models, and to how units of work end. */
@NullMarked
package dev.regista.sql.signal;

import org.jspecify.annotations.NullMarked;
