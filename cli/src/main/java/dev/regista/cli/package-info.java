/** The command line. */
@NullMarked
package dev.regista.cli;

import org.jspecify.annotations.NullMarked;
