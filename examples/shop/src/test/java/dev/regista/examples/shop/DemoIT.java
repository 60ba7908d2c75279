package dev.regista.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.testing.LeakChecker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the demonstration prints, on H2. */
@ExtendWith(LeakChecker.class)
class DemoIT {
    private final Servers servers = Servers.running();

    @TempDir
    Path directory;

    @Test
    void saysHowTheIndexCatchesUp() throws Exception {
        servers.empty();
        ByteArrayOutputStream text = new ByteArrayOutputStream();

        new Demo(new PrintStream(text, true, StandardCharsets.UTF_8)).run(servers, directory);

        assertThat(text.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "SQL database 'main' at jdbc:h2:file:",
                        "Solr database 'search' at http://",
                        "Neo4j database 'graph' at bolt://",
                        "orders found with 'tea':",
                        "Ada [milk, tea]",
                        "Grace [honey, milk, tea]",
                        "milk, orders: 2",
                        "Solr is stopped",
                        "orders in SQL: 5",
                        "waiting for the search index: 2, for the graph: 0",
                        "Solr is started again",
                        "Frances [milk, tea]",
                        "Jean [jam, tea]",
                        "milk, orders: 3",
                        "Done");
    }
}
