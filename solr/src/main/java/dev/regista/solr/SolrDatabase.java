package dev.regista.solr;

import dev.regista.Database;
import dev.regista.DatabaseUrl;
import org.apache.solr.client.solrj.SolrClient;

/**
 * A core of a Solr server, or a collection of a SolrCloud, over one shared client of SolrJ. Opening it asks the server for
 * the unique key of the schema, which shows that it answers, that the core exists, and that the credentials are right.
 *
 * <p><b>Units of work.</b> A unit collects what it adds and deletes, and sends that when it commits, with one commit at the
 * end. If the work fails, nothing has been sent. {@link SolrSession} says what a unit sees, and what a commit that fails
 * leaves behind. With {@link SolrDatabaseBuilder#alwaysCommit always-commit} each operation is sent and committed at once,
 * and nothing can be undone.
 *
 * <p><b>No isolation.</b> Solr has no transactions. A commit makes visible whatever anyone has sent to the core by then,
 * a unit sees what others commit meanwhile, and of two units that write the same document the later one wins. Isolation
 * levels and snapshots are refused with a {@link dev.regista.NotSupportedException}. What protects a single document is
 * its {@code _version_}: a unit that adds one with the version it has read fails with status 409 if that has changed, and
 * is then run again by {@link #retrying}.
 *
 * <p>Nested units are undone alone. Read-only units refuse to write. A {@link #timeout time limit} ends the waiting for
 * queries, which the server may finish all the same; a commit that has begun within the limit is not cut off by it.
 *
 * <p>Like every {@link Database}, safe for use by several threads; its sessions are not.
 */
public interface SolrDatabase extends Database<SolrSession> {
    /**
     * Returns a builder for the core at a URL, such as {@code http://localhost:8983/solr/products}: {@code http} or
     * {@code https}, a host, and a path that ends with the name of the core or collection. Credentials in the URL are taken
     * out of it. Several hosts, separated by commas, are nodes of a SolrCloud. No I/O.
     *
     * @param url the URL
     * @throws dev.regista.ConfigurationException if it has no scheme, another one, no core, or parameters; the message has
     *     its secrets masked
     */
    static SolrDatabaseBuilder at(String url) {
        return at(DatabaseUrl.parse(url));
    }

    /**
     * Returns a builder for the core at a URL, as {@link #at(String)}.
     *
     * @param url the URL
     * @throws dev.regista.ConfigurationException as {@link #at(String)}
     */
    static SolrDatabaseBuilder at(DatabaseUrl url) {
        return new SolrDatabaseBuilder(SolrTarget.of(url));
    }

    /** Returns the URL, without credentials. */
    String url();

    /**
     * Returns SolrJ's client, the same one for all as long as this database is open: for what a {@link SolrSession} does not
     * have. It has the credentials, and the core as its default collection. What is sent through it belongs to no unit of
     * work: it is sent at once, and committing is up to the caller, unless this database always commits. Safe for use by
     * several threads. Closing it does nothing.
     *
     * <p>Beyond what SolrJ throws anyway, its requests throw a {@link org.apache.solr.client.solrj.SolrServerException}
     * where the server could not be reached, did not answer in time, or the waiting thread was interrupted.
     *
     * @throws dev.regista.NotOpenException if the database is not open
     */
    SolrClient client();
}
