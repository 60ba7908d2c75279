/** What all contestants map. */
@NullMarked
package dev.regista.benchmarks.model;

import org.jspecify.annotations.NullMarked;
