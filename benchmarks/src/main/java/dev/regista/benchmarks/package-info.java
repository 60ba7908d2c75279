/**
 * Regista and its peers side by side: each figure is a ratio against a peer that was measured in the same run, in the same
 * JVM, on the same server. Run with {@code bin/bench}; see {@code docs/performance.md} for the method.
 */
@NullMarked
package dev.regista.benchmarks;

import org.jspecify.annotations.NullMarked;
