/** What an application may hang onto the life cycle of registries and databases. */
@NullMarked
package dev.regista.callback;

import org.jspecify.annotations.NullMarked;
