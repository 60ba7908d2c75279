/**
 * Solr cores and collections, on SolrJ. Start at {@link dev.regista.solr.SolrDatabase#at(String)}.
 */
@NullMarked
package dev.regista.solr;

import org.jspecify.annotations.NullMarked;
