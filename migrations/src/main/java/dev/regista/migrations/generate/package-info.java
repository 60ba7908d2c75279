/** Migrations out of models: the difference between what is mapped and what is there, as SQL in both directions. */
@NullMarked
package dev.regista.migrations.generate;

import org.jspecify.annotations.NullMarked;
