/** Solr cores and collections, on SolrJ. */
@NullMarked
package dev.regista.solr;

import org.jspecify.annotations.NullMarked;
