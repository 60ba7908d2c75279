package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Isolation;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.StatementLog;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a unit of work costs on the wire, as PostgreSQL itself saw it. */
@ExtendWith(LeakChecker.class)
class StatementsIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private final SqlDatabase database = Store.server(postgres)
            .at()
            .models(Book.class, Review.class)
            .createTables(true)
            .build("main");
    private long id;
    private StatementLog log;

    @BeforeEach
    void open() {
        database.connect();
        Book book = new Book("Emma");
        database.run(session -> session.persist(book));
        id = book.id;
        database.read(session -> session.find(Book.class, id));
        log = TestServers.postgres().recordStatements(postgres);
        // The setting reaches connections that are opened from now on.
        database.disconnect();
        database.connect();
        database.read(session -> session.find(Book.class, id));
        log.clear();
    }

    @AfterEach
    void close() {
        log.close();
        database.disconnect();
        postgres.close();
    }

    @Test
    void aReadIsOneStatementAndNoTransaction() {
        String title = database.read(session -> session.find(Book.class, id)).title;

        assertThat(title).isEqualTo("Emma");
        assertThat(sent()).hasSize(1).first().asString().startsWith("select ");
    }

    @Test
    void aCallIsBeginTheStatementsAndCommit() {
        database.call(session -> session.find(Book.class, id));

        assertThat(verbs()).containsExactly("begin", "select", "commit");
    }

    @Test
    void aRunThatWritesIsBeginTheStatementsAndCommit() {
        database.run(session -> session.find(Book.class, id).sold = 7);

        assertThat(verbs()).containsExactly("begin", "select", "update", "commit");
    }

    @Test
    void aUnitThatFailsIsRolledBackByOneStatement() {
        try {
            database.run(session -> {
                session.find(Book.class, id);
                throw new IllegalStateException("no");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("no");
        }

        assertThat(verbs()).containsExactly("begin", "select", "rollback");
    }

    @Test
    void aUnitThatDoesNothingSendsNothing() {
        database.run(session -> {});

        assertThat(sent()).isEmpty();
    }

    @Test
    void aSnapshotCostsOneStatementMore() {
        database.snapshot(session -> session.find(Book.class, id));

        assertThat(sent())
                .hasSize(4)
                .element(1)
                .asString()
                .isEqualTo("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    @Test
    void isolationLeavesNothingOnTheConnection() {
        database.isolation(Isolation.SERIALIZABLE).run(session -> session.find(Book.class, id));
        log.clear();
        database.call(session -> session.find(Book.class, id));

        assertThat(verbs()).containsExactly("begin", "select", "commit");
    }

    @Test
    void plainJdbcCostsNoMoreThanItsStatements() throws SQLException {
        database.jdbc().run(connection -> {
            try (var statement = connection.prepareStatement("update Book set sold = sold + 1")) {
                statement.executeUpdate();
            }
        });

        assertThat(verbs()).containsExactly("begin", "update", "commit");
    }

    @Test
    void aJoinedUnitAddsOnlyItsOwnStatements() {
        database.run(session -> database.run(inner -> inner.find(Book.class, id)));

        assertThat(verbs()).containsExactly("begin", "select", "commit");
    }

    @Test
    void bulkInsertsTravelInFewStatements() {
        database.run(session ->
                IntStream.range(0, 500).mapToObj(i -> new Book("bulk " + i)).forEach(session::persist));

        List<String> inserts =
                sent().stream().filter(sql -> sql.startsWith("insert into")).toList();
        assertThat(inserts)
                .as("batches of 128, rewritten into multi-row inserts")
                .hasSizeLessThanOrEqualTo(10);
        assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(501);
    }

    private List<String> verbs() {
        return sent().stream()
                .map(sql -> sql.split(" ", 2)[0].toLowerCase(Locale.ROOT))
                .toList();
    }

    private List<String> sent() {
        return log.statements();
    }
}
