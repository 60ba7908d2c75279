package dev.regista.solr;

import dev.regista.spi.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a {@link SolrDatabase} can be told beyond what every kind can. Immutable; the constructor checks. */
record SolrSettings(SolrTarget target, boolean cloud, boolean alwaysCommit, Duration requestTimeout) {
    SolrSettings {
        List<String> problems = new ArrayList<>(target.problems());
        if (requestTimeout.compareTo(Duration.ofMillis(1)) < 0) {
            problems.add("the request timeout must be at least one millisecond, not " + requestTimeout);
        }
        if (!cloud && target.nodes().size() > 1) {
            problems.add("several hosts are nodes of a SolrCloud: without one, give the URL of one server");
        }
        DatabaseSettings.throwIfAny(problems);
    }
}
