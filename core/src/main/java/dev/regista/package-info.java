/**
 * One registry for every database an application talks to: named databases, the units of work that run on them, and the
 * life cycle of both.
 *
 * <p>Start at {@link dev.regista.Registry#builder()}.
 */
@NullMarked
package dev.regista;

import org.jspecify.annotations.NullMarked;
