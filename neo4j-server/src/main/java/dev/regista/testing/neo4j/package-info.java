/** A Neo4j server for tests, in a process of its own. */
@NullMarked
package dev.regista.testing.neo4j;

import org.jspecify.annotations.NullMarked;
