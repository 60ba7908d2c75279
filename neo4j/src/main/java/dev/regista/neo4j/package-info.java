/**
 * Neo4j databases, on the official driver. {@link dev.regista.neo4j.Neo4jDatabase} is where to start.
 */
@NullMarked
package dev.regista.neo4j;

import org.jspecify.annotations.NullMarked;
