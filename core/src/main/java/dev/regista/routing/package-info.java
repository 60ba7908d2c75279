/** Which tenant and which schema the units of work of a thread use, where nothing states it at the call. */
@NullMarked
package dev.regista.routing;

import org.jspecify.annotations.NullMarked;
