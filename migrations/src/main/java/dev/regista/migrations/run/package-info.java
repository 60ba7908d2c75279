/** Runs migrations: which there are, which a schema has, and what is to be done. */
@NullMarked
package dev.regista.migrations.run;

import org.jspecify.annotations.NullMarked;
