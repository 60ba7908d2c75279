/** Any object as a database of a registry: see {@link dev.regista.object.ObjectDatabase}. */
@NullMarked
package dev.regista.object;

import org.jspecify.annotations.NullMarked;
