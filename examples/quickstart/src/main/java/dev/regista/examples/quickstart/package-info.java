/** The main job on two embedded databases, printing each step: what {@code bin/demo} runs. */
@NullMarked
package dev.regista.examples.quickstart;

import org.jspecify.annotations.NullMarked;
