package dev.regista.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.config.Regista;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final Demo demo =
            new Demo(new PrintStream(text, true, StandardCharsets.UTF_8), Regista.loadResource("regista.yaml"));

    @Test
    void saysWhatItDoesAndRollsTheSecondGroupBack() {
        demo.run();

        assertThat(text.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "listener 1: ready",
                        "listener 2: ready",
                        "open: SQL database 'main' at jdbc:h2:mem:shop (open)",
                        "open: SQL database 'analytics' at jdbc:sqlite::memory: (open)",
                        "the event went to analytics",
                        "customer 1: Ada",
                        "customer 2: Grace",
                        "events: 1",
                        "the caller gets the original exception: the card was declined",
                        "customers now: 2, the unit of work was rolled back; events: 1",
                        "No database named 'analytcs'. There are: main, analytics.",
                        "regista.databases.main.create-tabels is not an option here; did you mean 'create-tables'?",
                        "listener 2: goodbye",
                        "listener 1: goodbye",
                        "Done");
    }

    @Test
    void describesItsConfiguration() {
        demo.describe();

        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains(
                        "regista.databases.main.url = jdbc:h2:mem:shop  (classpath:regista.yaml:5 from SHOP_DATABASE)")
                .contains("regista.databases.analytics.create-tables = true  (classpath:regista.yaml:11)");
    }
}
