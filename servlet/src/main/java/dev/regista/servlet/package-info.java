/** A servlet filter that runs each request in the tenant that it names. */
@NullMarked
package dev.regista.servlet;

import org.jspecify.annotations.NullMarked;
