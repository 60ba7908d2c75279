package dev.regista.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvLogTest {

    @Test
    void keepsQuotesCommasAndLineBreaksOfAStatement() {
        assertThat(CsvLog.statements(record("shop", "LOG", "statement: \"\"a\"\",\n'b'"), "shop"))
                .containsExactly("\"a\",\n'b'");
    }

    @Test
    void readsExecutionsOfPreparedStatements() {
        String log = record("shop", "LOG", "execute <unnamed>: BEGIN")
                + record("shop", "LOG", "execute S_1: select a::text")
                + record("shop", "LOG", "execute fetch from S_1/C_2: select b");
        assertThat(CsvLog.statements(log, "shop")).containsExactly("BEGIN", "select a::text", "/* fetch */ select b");
    }

    @Test
    void leavesOutOtherDatabasesAndOtherMessages() {
        String log = record("other", "LOG", "statement: select 1")
                + record("shop", "ERROR", "statement: not one")
                + record("shop", "LOG", "checkpoint starting");
        assertThat(CsvLog.statements(log, "shop")).isEmpty();
    }

    private static String record(String database, String severity, String message) {
        return "2026-01-01,\"user\",\"" + database + "\",1,\"[local]\",s,1,\"tag\",,,0," + severity + ",00000,\""
                + message + "\",,,\n";
    }
}
