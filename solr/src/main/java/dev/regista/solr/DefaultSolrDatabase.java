package dev.regista.solr;

import dev.regista.spi.AbstractDatabase;
import dev.regista.spi.Backend;
import dev.regista.spi.DatabaseSettings;
import java.util.Locale;
import org.apache.solr.client.solrj.SolrClient;

/** A core or collection over SolrJ. */
final class DefaultSolrDatabase extends AbstractDatabase<SolrSession, SolrDatabase> implements SolrDatabase {
    private final SolrSettings solr;

    DefaultSolrDatabase(DatabaseSettings<SolrDatabase> settings, SolrSettings solr) {
        super(settings, SolrSession.class);
        this.solr = solr;
    }

    @Override
    protected Backend<SolrSession> open() throws Exception {
        return SolrBackend.open(name(), solr, settings().connectTimeout());
    }

    @Override
    protected SolrDatabase self() {
        return this;
    }

    @Override
    public String url() {
        return solr.target().toString();
    }

    @Override
    public SolrClient client() {
        return ((SolrBackend) backend()).client();
    }

    /** Returns name, URL and status, such as {@code Solr database 'search' at http://localhost:8983/solr/products (open)}. */
    @Override
    public String toString() {
        return "Solr database '" + name() + "' at " + url() + " ("
                + status().name().toLowerCase(Locale.ROOT) + ")";
    }
}
