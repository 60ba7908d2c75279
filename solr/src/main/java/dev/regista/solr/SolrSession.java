package dev.regista.solr;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.SolrParams;

/**
 * What a unit of work has of a {@link SolrDatabase}. Used by one thread at a time, until its unit ends.
 *
 * <p><b>Writing.</b> What is added and deleted is collected in memory, in order, and sent when the unit commits. It is
 * copied when it is handed over: changing a document later has no effect. If the database always commits, it is sent and
 * committed at once instead.
 *
 * <p><b>Reading.</b> Queries see what is committed, by anyone, and nothing of what this unit has collected.
 * {@link #find(String)} sees both.
 *
 * <p><b>A commit that fails</b> because the server refuses a document, or breaks down on the way, may leave the changes
 * before that one in the index, not committed. Solr cannot take them back for one client alone; the next commit of anyone
 * makes them visible. If no answer came, nobody knows how much has been done, all of it included. Either way the unit has
 * failed for the caller, and running it again is safe if its documents have ids and are whole.
 *
 * <p>Errors of the server, such as an unknown field or a wrong password, arrive as SolrJ's unchecked
 * {@link org.apache.solr.client.solrj.RemoteSolrException} with the HTTP status as its code; failures on the way there as
 * a {@link SolrServerException}, which, if it happens in the commit, is the cause of a
 * {@link dev.regista.spi.UnitFailedException}.
 *
 * <p>Methods that write throw {@link dev.regista.IncompatibleUnitException} in a unit that only reads, and all throw
 * {@link IllegalStateException} once the unit has ended.
 */
public interface SolrSession {
    /**
     * Adds a document, or replaces the one with the same id.
     *
     * @param document the document; copied
     * @throws SolrServerException if the database always commits, and the server could not be reached
     */
    default void add(SolrInputDocument document) throws SolrServerException {
        add(List.of(document));
    }

    /**
     * Adds documents, each as {@link #add(SolrInputDocument)}.
     *
     * @param documents the documents; copied
     * @throws SolrServerException if the database always commits, and the server could not be reached
     */
    void add(Collection<SolrInputDocument> documents) throws SolrServerException;

    /**
     * Adds an object as a document: one of a class whose fields or setters are annotated with SolrJ's
     * {@link org.apache.solr.client.solrj.beans.Field}, or a record, whose components are the fields of the document, under
     * the names that such annotations give them, if any.
     *
     * @param bean the object; read at once
     * @throws org.apache.solr.client.solrj.beans.BindingException if it cannot be read
     * @throws SolrServerException if the database always commits, and the server could not be reached
     */
    default void addBean(Object bean) throws SolrServerException {
        addBeans(List.of(bean));
    }

    /**
     * Adds objects, each as {@link #addBean}.
     *
     * @param beans the objects; read at once
     * @throws org.apache.solr.client.solrj.beans.BindingException if one cannot be read; none is added then
     * @throws SolrServerException if the database always commits, and the server could not be reached
     */
    void addBeans(Collection<?> beans) throws SolrServerException;

    /**
     * Deletes the document with an id, if there is one.
     *
     * @param id the value of the schema's unique key
     * @throws SolrServerException if the database always commits, and the server could not be reached
     */
    default void deleteById(String id) throws SolrServerException {
        deleteById(List.of(id));
    }

    /**
     * Deletes the documents with some ids, as far as they exist.
     *
     * @param ids values of the schema's unique key
     * @throws SolrServerException if the database always commits, and the server could not be reached
     */
    void deleteById(Collection<String> ids) throws SolrServerException;

    /**
     * Deletes the documents that match a query when it is sent, among them those that this unit has added before.
     *
     * @param query in the syntax of Solr's standard query parser; {@code *:*} for all
     * @throws SolrServerException if the database always commits, and the server could not be reached
     */
    void deleteByQuery(String query) throws SolrServerException;

    /**
     * Returns the document with an id: as this unit has collected it, if it has, otherwise as it is committed. A collected
     * document has the fields that it was given, and none that the server adds.
     *
     * @param id the value of the schema's unique key
     * @throws SolrServerException if the server could not be reached
     * @throws IllegalStateException if only the server can tell what this unit will have made of it: after a
     *     {@link #deleteByQuery}, or an atomic update of this document
     */
    Optional<SolrDocument> find(String id) throws SolrServerException;

    /**
     * Returns the document with an id as an object, as {@link #find(String)}.
     *
     * @param type a class or record as for {@link #addBean}
     * @throws SolrServerException if the server could not be reached
     * @throws IllegalStateException as {@link #find(String)}
     * @throws org.apache.solr.client.solrj.beans.BindingException if the document does not fit
     */
    <T> Optional<T> find(String id, Class<T> type) throws SolrServerException;

    /**
     * Sends a query, by POST, so that it may be of any length.
     *
     * @param query its parameters, such as those of a {@link org.apache.solr.client.solrj.request.SolrQuery}
     * @throws SolrServerException if the server could not be reached
     */
    QueryResponse query(SolrParams query) throws SolrServerException;

    /**
     * Sends a query and returns its documents as objects.
     *
     * @param query its parameters; without {@code rows}, Solr returns ten documents
     * @param type a class or record as for {@link #addBean}
     * @throws SolrServerException if the server could not be reached
     * @throws org.apache.solr.client.solrj.beans.BindingException if a document does not fit
     */
    <T> List<T> query(SolrParams query, Class<T> type) throws SolrServerException;

    /** Returns the client, as {@link SolrDatabase#client()}; in a unit with a time limit, one that is held to it. */
    SolrClient client();
}
