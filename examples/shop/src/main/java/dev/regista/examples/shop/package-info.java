/** Orders in SQL, and a search index and a graph that follow them. */
@NullMarked
package dev.regista.examples.shop;

import org.jspecify.annotations.NullMarked;
