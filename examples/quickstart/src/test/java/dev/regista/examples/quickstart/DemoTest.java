package dev.regista.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void saysWhatItDoesAndRollsTheThirdCustomerBack() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();

        new Demo(new PrintStream(text, true, StandardCharsets.UTF_8)).run();

        assertThat(text.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "open: SQL database 'main' at jdbc:h2:mem:shop (open)",
                        "open: SQL database 'analytics' at jdbc:sqlite::memory: (open)",
                        "customer 1: Ada",
                        "customer 2: Grace",
                        "events: 1",
                        "the caller gets the original exception: the card was declined",
                        "customers now: 2, the third was rolled back",
                        "No database named 'analytcs'. There are: main, analytics.",
                        "Done");
    }
}
