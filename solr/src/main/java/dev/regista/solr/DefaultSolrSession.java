package dev.regista.solr;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;

/** The session of one unit of work. */
final class DefaultSolrSession implements SolrSession {
    private final SolrUnit unit;

    DefaultSolrSession(SolrUnit unit) {
        this.unit = unit;
    }

    @Override
    public void add(Collection<SolrInputDocument> documents) throws SolrServerException {
        unit.write(documents.stream()
                .<Change>map(document -> new Change.Add(document.deepCopy()))
                .toList());
    }

    @Override
    public void addBeans(Collection<?> beans) throws SolrServerException {
        unit.write(beans.stream()
                .<Change>map(bean -> new Change.Add(Beans.toDocument(bean)))
                .toList());
    }

    @Override
    public void deleteById(Collection<String> ids) throws SolrServerException {
        unit.write(ids.stream()
                .<Change>map(id -> new Change.Delete(Objects.requireNonNull(id, "id")))
                .toList());
    }

    @Override
    public void deleteByQuery(String query) throws SolrServerException {
        unit.write(List.of(new Change.DeleteByQuery(Objects.requireNonNull(query, "query"))));
    }

    @Override
    public Optional<SolrDocument> find(String id) throws SolrServerException {
        Change last = unit.changes().lastOf(Objects.requireNonNull(id, "id"));
        if (last == null) {
            return findCommitted(id);
        }
        if (last instanceof Change.Delete) {
            return Optional.empty();
        }
        if (last instanceof Change.Add add && add.isWhole()) {
            return Optional.of(document(add.document()));
        }
        throw new IllegalStateException("what this unit will have made of the document '" + id
                + "' is for the server to tell, after the commit");
    }

    private Optional<SolrDocument> findCommitted(String id) throws SolrServerException {
        String key = unit.key();
        if (key == null) {
            throw new IllegalStateException("the schema has no unique key");
        }
        ModifiableSolrParams query = new ModifiableSolrParams();
        query.set(CommonParams.Q, "{!term f=" + key + " v=$regista.id}");
        query.set("regista.id", id);
        query.set(CommonParams.ROWS, 1);
        return query(query).getResults().stream().findFirst();
    }

    /** Returns what will be stored, as far as it is known. */
    private static SolrDocument document(SolrInputDocument added) {
        SolrDocument document = new SolrDocument();
        added.deepCopy().forEach((name, field) -> document.setField(name, field.getValue()));
        return document;
    }

    @Override
    public <T> Optional<T> find(String id, Class<T> type) throws SolrServerException {
        return find(id).map(document -> Beans.toBean(document, type));
    }

    @Override
    public QueryResponse query(SolrParams query) throws SolrServerException {
        try {
            return new QueryRequest(query, SolrRequest.METHOD.POST).process(client());
        } catch (IOException e) {
            throw new SolrServerException(e);
        }
    }

    @Override
    public <T> List<T> query(SolrParams query, Class<T> type) throws SolrServerException {
        return query(query).getResults().stream()
                .map(document -> Beans.toBean(document, type))
                .toList();
    }

    @Override
    public SolrClient client() {
        return unit.client();
    }
}
