/** Neo4j databases, on the official driver. */
@NullMarked
package dev.regista.neo4j;

import org.jspecify.annotations.NullMarked;
