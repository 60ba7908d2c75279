/** What Ebean maps: apart from the others' entity, because the build changes its byte code. */
@NullMarked
package dev.regista.benchmarks.ebean;

import org.jspecify.annotations.NullMarked;
