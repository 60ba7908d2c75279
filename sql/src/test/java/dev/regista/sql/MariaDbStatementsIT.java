package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Isolation;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.StatementLog;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a unit of work costs on the wire, as MariaDB itself saw it. */
@ExtendWith(LeakChecker.class)
class MariaDbStatementsIT {
    @Test
    void aReadIsOneStatementAndATransactionIsFramedByItsCommitAndTheSwitchOfAutoCommit() {
        try (TestDatabase mariadb = TestServers.mariadb().newDatabase();
                SqlDatabase database = Store.server(mariadb)
                        .at()
                        .models(Book.class, Review.class)
                        .createTables(true)
                        .build("main")) {
            database.connect();
            database.run(session -> session.persist(new Book("Emma")));
            database.read(Book::count);
            try (StatementLog log = TestServers.mariadb().recordStatements(mariadb)) {
                database.read(Book::count);
                assertThat(verbs(log)).containsExactly("select");

                log.clear();
                database.call(Book::count);
                assertThat(verbs(log)).containsExactly("set", "select", "commit", "set");

                log.clear();
                database.isolation(Isolation.SERIALIZABLE).call(Book::count);
                assertThat(verbs(log)).containsExactly("set", "set", "select", "commit", "set");

                log.clear();
                database.call(Book::count);
                assertThat(verbs(log)).as("nothing is left of it").containsExactly("set", "select", "commit", "set");
            }
        }
    }

    private static List<String> verbs(StatementLog log) {
        return log.statements().stream()
                .map(sql -> sql.split(" ", 2)[0].toLowerCase(Locale.ROOT))
                .toList();
    }
}
