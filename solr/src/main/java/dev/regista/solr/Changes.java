package dev.regista.solr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrInputDocument;
import org.jspecify.annotations.Nullable;

/** What a unit of work has collected, in order. Used by one thread at a time. */
final class Changes {
    private final @Nullable String key;
    private final @Nullable Changes outer;
    private final List<Change> list = new ArrayList<>();
    private final Map<String, Change> lastOfId = new HashMap<>();
    private Change.@Nullable DeleteByQuery lastQuery;

    /**
     * No changes yet.
     *
     * @param key the unique key of the schema, if it has one
     * @param outer what came before, and is not part of this
     */
    Changes(@Nullable String key, @Nullable Changes outer) {
        this.key = key;
        this.outer = outer;
    }

    void add(List<Change> more) {
        more.forEach(this::add);
    }

    private void add(Change change) {
        list.add(change);
        if (change instanceof Change.DeleteByQuery query) {
            lastOfId.clear();
            lastQuery = query;
        } else {
            String id = id(change);
            if (id != null) {
                lastOfId.put(id, change);
            }
        }
    }

    private @Nullable String id(Change change) {
        return change instanceof Change.Add add ? add.id(key) : ((Change.Delete) change).id();
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<Change> list() {
        return Collections.unmodifiableList(list);
    }

    void clear() {
        list.clear();
        lastOfId.clear();
        lastQuery = null;
    }

    /** Returns the last change that the document with an id may owe what it is to; {@code null} if there is none. */
    @Nullable
    Change lastOf(String id) {
        Change own = lastOfId.getOrDefault(id, lastQuery);
        return own == null && outer != null ? outer.lastOf(id) : own;
    }

    /** Returns as few requests as keep the order: a server does all additions of one before its deletions. */
    List<UpdateRequest> requests() {
        List<UpdateRequest> requests = new ArrayList<>();
        Batch batch = new Batch();
        for (Change change : list) {
            if (change instanceof Change.Add add) {
                String id = add.id(key);
                if (batch.isClosedTo(add, id)) {
                    requests.add(batch.request());
                    batch = new Batch();
                }
                batch.add(add, id);
            } else if (change instanceof Change.Delete delete) {
                batch.ids.add(delete.id());
            } else if (change instanceof Change.DeleteByQuery delete) {
                batch.queries.add(delete.query());
            }
        }
        if (!list.isEmpty()) {
            requests.add(batch.request());
        }
        return requests;
    }

    private static final class Batch {
        private final List<SolrInputDocument> documents = new ArrayList<>();
        private final Set<String> ids = new LinkedHashSet<>();
        private final List<String> queries = new ArrayList<>();

        private boolean isClosedTo(Change.Add add, @Nullable String id) {
            boolean isDeleted = id == null ? !ids.isEmpty() : ids.contains(id) && !add.isWhole();
            return isDeleted || !queries.isEmpty();
        }

        /** A whole document replaces the one that was to be deleted. */
        private void add(Change.Add add, @Nullable String id) {
            if (id != null) {
                ids.remove(id);
            }
            documents.add(add.document());
        }

        private UpdateRequest request() {
            UpdateRequest request = new UpdateRequest();
            request.add(documents);
            ids.forEach(request::deleteById);
            queries.forEach(request::deleteByQuery);
            return request;
        }
    }
}
