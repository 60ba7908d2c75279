package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.sql.Typed.Company;
import dev.regista.sql.Typed.Person;
import dev.regista.sql.Typed.Pet;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.StatementLog;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What content types cost on the wire, as PostgreSQL itself saw it. */
@ExtendWith(LeakChecker.class)
class ContentTypeStatementsIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private final SqlDatabase database = Store.server(postgres)
            .at()
            .models(Person.class, Pet.class, Company.class)
            .contentTypes()
            .createTables(true)
            .build("main");
    private StatementLog log;

    @BeforeEach
    void open() {
        database.connect();
        log = TestServers.postgres().recordStatements(postgres);
        // The setting reaches connections that are opened from now on.
        database.disconnect();
        database.connect();
        database.run(session -> companies(0, 300).forEach(session::persist));
        log.clear();
    }

    @AfterEach
    void close() {
        log.close();
        database.disconnect();
        postgres.close();
    }

    private static List<Company> companies(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> new Company("c" + i)).toList();
    }

    private List<String> sent() {
        return log.statements().stream()
                .map(sql -> sql.toLowerCase(Locale.ROOT))
                .map(sql -> sql.split("\\s+")[0]
                        + (sql.contains("contenttypes") ? " types" : sql.contains("typed_company") ? " rows" : ""))
                .toList();
    }

    @Test
    void anInsertIsOneStatementMore() {
        database.run(session -> session.persist(new Company("x")));

        assertThat(sent()).containsExactly("begin", "insert types", "insert rows", "commit");
    }

    @Test
    void inBulkABatchIsOneStatementMore() {
        database.run(session -> companies(300, 556).forEach(session::persist));

        // 256 rows are two batches of 128, each of which the driver makes one statement.
        assertThat(sent())
                .containsExactly("begin", "insert types", "insert types", "insert rows", "insert rows", "commit");
    }

    @Test
    void aStatelessInsertOfManyIsOneBatchMore() {
        database.stateless().run(session -> session.insertMultiple(companies(300, 428)));

        assertThat(sent()).containsExactly("begin", "insert types", "insert rows", "commit");
    }

    @Test
    void readingAndChangingCostNothing() {
        database.run(session -> session.find(Company.class, "c1").name = "changed");

        assertThat(sent()).containsExactly("begin", "select rows", "update rows", "commit");
        assertThat(log.statements()).noneMatch(sql -> sql.contains("content_type"));
    }

    @Test
    void aDeleteIsTwoStatementsMoreWhateverTheNumberOfRows() {
        database.run(session -> session.remove(session.find(Company.class, "c1")));
        assertThat(sent())
                .containsExactly("begin", "select rows", "select rows", "delete rows", "delete types", "commit");
        log.clear();

        database.run(session -> session.createSelectionQuery("from Company where code < 'c2'", Company.class)
                .getResultList()
                .forEach(session::remove));
        assertThat(sent().stream().filter(sql -> sql.equals("select rows"))).hasSize(2);
        assertThat(sent().stream().filter(sql -> sql.equals("delete types"))).hasSize(1);
    }

    @Test
    void aDeleteByQueryIsTwoStatementsMore() {
        database.run(session -> session.createMutationQuery("delete from Company where code < 'c2'")
                .executeUpdate());

        assertThat(sent()).containsExactly("begin", "select rows", "delete rows", "delete types", "commit");
    }

    @Test
    void contentTypesDeletedByQueryAreOneStatement() {
        database.run(session ->
                session.createMutationQuery("delete from ContentType").executeUpdate());

        assertThat(sent()).containsExactly("begin", "delete types", "commit");
        assertThat(ContentTypes.of(database).count()).isZero();
    }
}
