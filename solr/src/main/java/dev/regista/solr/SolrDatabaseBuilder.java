package dev.regista.solr;

import dev.regista.Secret;
import dev.regista.spi.AbstractDatabaseBuilder;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link SolrDatabase}. Not safe for use by several threads. */
public final class SolrDatabaseBuilder extends AbstractDatabaseBuilder<SolrDatabase, SolrDatabaseBuilder> {
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private final SolrTarget target;
    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable Boolean cloud;
    private boolean alwaysCommit;
    private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;

    SolrDatabaseBuilder(SolrTarget target) {
        this.target = target;
    }

    /** Sets the user, for basic authentication; needs a password. Default: the one in the URL, if any. */
    public SolrDatabaseBuilder user(String name) {
        this.user = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Sets the password; needs a user. Default: the one in the URL, if any. */
    public SolrDatabaseBuilder password(String value) {
        return password(Secret.of(value));
    }

    /**
     * Sets the password; needs a user. Default: the one in the URL, if any.
     *
     * @param secret revealed for each request, so that one made from a supplier can be rotated
     */
    public SolrDatabaseBuilder password(Secret secret) {
        this.password = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /**
     * Whether the hosts of the URL are nodes of a SolrCloud. If so, they are asked which nodes it has, and updates go to
     * the leaders of their shards. Default: true if the URL has several hosts, else false; one node of a SolrCloud can also
     * be used like a server of its own, and passes on what others have to do.
     */
    public SolrDatabaseBuilder cloud(boolean isCloud) {
        this.cloud = isCloud;
        return this;
    }

    /**
     * Whether each operation is sent and committed at once, by itself: of sessions, and updates through
     * {@link SolrDatabase#client()}. Nothing can then be undone, and nested units are refused. Default: false: a unit of
     * work sends what it has collected with one commit, at its end.
     */
    public SolrDatabaseBuilder alwaysCommit(boolean always) {
        this.alwaysCommit = always;
        return this;
    }

    /**
     * How long a request may take, from connecting to the last byte of the answer. One that takes longer fails; what it
     * asked for may be done all the same. Default: 60 seconds.
     *
     * @param limit at least one millisecond
     */
    public SolrDatabaseBuilder requestTimeout(Duration limit) {
        this.requestTimeout = Objects.requireNonNull(limit, "limit");
        return this;
    }

    @Override
    public SolrDatabase build(String name) {
        return new DefaultSolrDatabase(
                settings(name),
                new SolrSettings(
                        target.withCredentials(user, password),
                        cloud == null ? target.nodes().size() > 1 : cloud,
                        alwaysCommit,
                        requestTimeout));
    }

    @Override
    protected SolrDatabaseBuilder self() {
        return this;
    }
}
