package dev.regista.solr;

import java.util.Map;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.SolrInputField;
import org.apache.solr.common.params.CommonParams;
import org.jspecify.annotations.Nullable;

/** One thing that a unit of work wants of the index. */
sealed interface Change {
    /**
     * Adds or replaces a document, or updates fields of it.
     *
     * @param document a copy of the caller's
     */
    record Add(SolrInputDocument document) implements Change {
        @Nullable
        String id(@Nullable String key) {
            Object id = key == null ? null : document.getFieldValue(key);
            return id == null ? null : id.toString();
        }

        /** Whether it says all of what the document will be, whatever there was before. */
        boolean isWhole() {
            return document.getField(CommonParams.VERSION_FIELD) == null
                    && document.values().stream().map(SolrInputField::getValue).noneMatch(Map.class::isInstance);
        }
    }

    /** Deletes a document. */
    record Delete(String id) implements Change {}

    /** Deletes documents. */
    record DeleteByQuery(String query) implements Change {}
}
