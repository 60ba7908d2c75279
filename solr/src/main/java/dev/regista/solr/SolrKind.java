package dev.regista.solr;

import dev.regista.Secret;
import dev.regista.spi.config.Address;
import dev.regista.spi.config.DatabaseKind;
import dev.regista.spi.config.Option;
import dev.regista.spi.config.Values;
import java.time.Duration;
import java.util.List;

/**
 * The blocks of a configuration that are {@link SolrDatabase}s. Their options are those of {@link SolrDatabaseBuilder}, with
 * the same defaults. The scheme of the URL does not tell that it is Solr, so such a block says {@code kind: solr}.
 */
public final class SolrKind implements DatabaseKind {
    private static final Option<Address> URL = Option.address("url")
            .required()
            .describedAs(
                    "Where the core is: `http://host:8983/solr/core`; several hosts, separated by commas, are nodes"
                            + " of a SolrCloud.");
    private static final Option<String> USER = Option.text("user")
            .alias("username")
            .describedAs("The user, for basic authentication; default: the one in the URL. Needs a password.");
    private static final Option<Secret> PASSWORD =
            Option.secret("password").describedAs("The password; default: the one in the URL. Needs a user.");
    private static final Option<Boolean> CLOUD = Option.flag("cloud")
            .describedAs(
                    "Whether the hosts are nodes of a SolrCloud, to whose leaders updates are sent; default: if there"
                            + " are several.");
    private static final Option<Boolean> ALWAYS_COMMIT = Option.flag("always-commit")
            .defaultsTo("false")
            .describedAs(
                    "Whether each operation is sent and committed at once, in place of each unit of work at its end.");
    private static final Option<Duration> REQUEST_TIMEOUT =
            Option.duration("request-timeout").defaultsTo("60s").describedAs("How long a request may take.");

    /** For the service loader. */
    public SolrKind() {}

    @Override
    public String name() {
        return "solr";
    }

    @Override
    public String description() {
        return "A core of a Solr server, or a collection of a SolrCloud, over SolrJ.";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(URL, USER, PASSWORD, CLOUD, ALWAYS_COMMIT, REQUEST_TIMEOUT);
    }

    @Override
    public SolrDatabaseBuilder build(Values values) {
        Address address = values.get(URL);
        SolrDatabaseBuilder builder =
                address.url().map(SolrDatabase::at).orElseGet(() -> SolrDatabase.at(address.reveal()));
        values.ifSet(USER, builder::user);
        values.ifSet(PASSWORD, builder::password);
        values.ifSet(CLOUD, builder::cloud);
        values.ifSet(ALWAYS_COMMIT, builder::alwaysCommit);
        values.ifSet(REQUEST_TIMEOUT, builder::requestTimeout);
        return builder;
    }
}
