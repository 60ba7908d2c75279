package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.NotOpenException;
import dev.regista.Registry;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Creating and dropping the tables of one database's models. */
@ExtendWith(LeakChecker.class)
class TablesIT {
    @ParameterizedTest
    @EnumSource
    void createAllCreatesOnlyThisDatabasesModelsAndLeavesWhatExistsAlone(Store store) {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database =
                        fresh.at().models(Book.class, Review.class).build("main")) {
            database.connect();
            assertThat(tables(database)).doesNotContain("book");

            database.createAll();
            database.run(session -> session.persist(new Book("Emma")));
            database.createAll();

            assertThat(tables(database)).contains("book", "review").doesNotContain("pinned");
            assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void createAllAddsWhatIsMissingBesideWhatExists(Store store) {
        try (Store.Fresh fresh = store.fresh()) {
            try (SqlDatabase first =
                    opened(fresh.at().models(Plain.class).createTables(true).build("first"))) {
                first.run(session -> session.persist(new Plain(1)));
            }
            try (SqlDatabase second = opened(fresh.at()
                    .models(Plain.class, Book.class, Review.class)
                    .createTables(true)
                    .build("second"))) {
                second.run(session -> session.persist(new Book("Emma")));
                assertThat(second.<Long, RuntimeException>read(Book::count)).isEqualTo(1);
                if (store != Store.H2) { // an in-memory database ends with its last connection
                    assertThat(second.<Plain, RuntimeException>read(session -> session.find(Plain.class, 1)))
                            .isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropAllDropsTheModelsTablesAndNothingElse(Store store) {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = fresh.at()
                        .models(Book.class, Review.class)
                        .createTables(true)
                        .build("main")) {
            database.connect();
            execute(database, "create table other (id int)");

            database.dropAll();
            database.dropAll();

            assertThat(tables(database)).contains("other").doesNotContain("book", "review");
        }
    }

    @ParameterizedTest
    @EnumSource
    void idsAreFreshAndPositiveAfterDroppingAndCreatingAgain(Store store) {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = fresh.at()
                        .models(Book.class, Review.class)
                        .createTables(true)
                        .build("main")) {
            database.connect();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 120; i++) {
                    String title = "book " + i;
                    database.run(session -> session.persist(new Book(title)));
                }
                assertThat(database.<Long, RuntimeException>read(
                                session -> session.createSelectionQuery("select min(id) from Book", Long.class)
                                        .getSingleResult()))
                        .isPositive();
                assertThat(database.<Long, RuntimeException>read(Book::count)).isEqualTo(120);
                database.dropAll();
                database.createAll();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES", "MARIADB"})
    void aSchemaIsCreatedFilledAndDroppedWithEverythingInIt(Store store) throws SQLException {
        String schema = "Sales (2026) äöü";
        String plainSchema = store == Store.MARIADB ? "regista sales " + System.nanoTime() : schema;
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = fresh.at()
                        .models(Book.class, Review.class)
                        .schema(plainSchema)
                        .createTables(true)
                        .build("main")) {
            database.connect();
            database.run(session -> session.persist(new Book("Emma")));
            assertThat(schemas(database, store)).contains(plainSchema);

            database.dropAll();
            database.dropAll();

            assertThat(schemas(database, store)).doesNotContain(plainSchema);
        }
    }

    @Test
    void theRegistrysSchemaIsThatOfTheMainDatabasesModelsOnly() throws SQLException {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                Store.Fresh other = Store.POSTGRES.fresh();
                Registry registry = Registry.builder()
                        .schema("sales")
                        .main(fresh.at().models(Book.class, Review.class).createTables(true))
                        .extra("second", other.at().models(Plain.class).createTables(true))
                        .open()) {
            assertThat(schemaOf(registry.main(SqlDatabase.class), "book")).containsExactly("sales");
            assertThat(schemaOf(registry.database("second", SqlDatabase.class), "plain_things"))
                    .containsExactly("public");
        }
    }

    @Test
    void aModelThatNamesItsSchemaIsCreatedThereAndOnlyThere() throws SQLException {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database = fresh.at()
                        .models(Book.class, Review.class, Pinned.class)
                        .schema("sales")
                        .build("main")) {
            database.connect();
            database.createAll();
            database.run(session -> session.persist(new Pinned()));

            assertThat(schemaOf(database, "pinned")).containsExactly("vault");
            assertThat(schemaOf(database, "book")).containsExactly("sales");
            database.dropAll();
            assertThat(schemaOf(database, "pinned"))
                    .as("models pinned elsewhere stay")
                    .containsExactly("vault");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachDatabaseOfARegistryGetsItsOwnTables(Store store) {
        try (Store.Fresh fresh = store.fresh();
                Store.Fresh other = store.fresh();
                Registry registry = Registry.builder()
                        .main(fresh.at().models(Book.class, Review.class))
                        .extra("alternative", other.at().models(Plain.class))
                        .open()) {
            registry.databases().values().forEach(database -> ((SqlDatabase) database).createAll());

            assertThat(tables(registry.main(SqlDatabase.class)))
                    .contains("book", "review")
                    .doesNotContain("plain_things");
            assertThat(tables(registry.database("alternative", SqlDatabase.class)))
                    .contains("plain_things")
                    .doesNotContain("book");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB", "SQLITE"})
    void dropAllKnowsTheModelsThoughNothingHasBeenMappedYet(Store store) {
        try (Store.Fresh fresh = store.fresh()) {
            try (SqlDatabase first = opened(fresh.at()
                    .models(Book.class, Review.class, Plain.class)
                    .createTables(true)
                    .build("first"))) {
                assertThat(tables(first)).contains("book", "plain_things");
            }
            try (SqlDatabase second =
                    opened(fresh.at().models(Book.class, Review.class).build("second"))) {
                second.dropAll();
                assertThat(tables(second))
                        .as("only those of its models")
                        .contains("plain_things")
                        .doesNotContain("book", "review");
            }
        }
    }

    @Test
    void createAllAndDropAllFollowModelsThatArriveAndLeave() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                Registry registry =
                        Registry.builder().main(fresh.at().models(Plain.class)).open()) {
            SqlDatabase database = registry.main(SqlDatabase.class);
            database.createAll();
            registry.models().add("main", Book.class, Review.class);
            assertThat(tables(database)).doesNotContain("book");
            database.createAll();
            assertThat(tables(database)).contains("book", "review", "plain_things");

            registry.models().remove(Plain.class);
            database.dropAll();
            assertThat(tables(database)).contains("plain_things").doesNotContain("book", "review");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES", "MARIADB"})
    void createAllCreatesSharedTablesOnlyAndTenantsGetTheirsOnRequest(Store store) {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase database = opened(fresh.at()
                        .models(Country.class)
                        .tenantModels(Invoice.class, Label.class, Indexed.class)
                        .build("main"))) {
            String bystander = "by" + System.nanoTime();
            database.schemas().create(bystander);
            database.createAll();
            database.createAll();
            assertThat(tables(database)).contains("country").doesNotContain("invoice", "indexed");

            String acme = "acme" + System.nanoTime();
            database.tenants().create(acme);
            database.createAll();
            database.tenant(acme).run(session -> {
                Indexed row = new Indexed();
                row.country = new Country("Nepal");
                session.persist(row.country);
                session.persist(row);
            });
            database.schemas().drop(bystander); // throws if there is something in it
            database.dropAll();
            assertThat(tables(database)).doesNotContain("country");
        }
    }

    /** A tenant model with an index on its reference to a shared one. */
    @Entity(name = "Indexed")
    @Table(name = "indexed", indexes = @jakarta.persistence.Index(name = "indexed_country", columnList = "country_id"))
    static class Indexed {
        @Id
        long id;

        @jakarta.persistence.ManyToOne
        Country country;
    }

    @Test
    void creatingAgainKeepsTheTypesAndColumnsThatTablesUse() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database = fresh.at().models(Coloured.class).build("main")) {
            database.connect();
            database.createAll();
            database.run(session -> session.persist(new Coloured()));

            database.createAll();

            assertThat(database.<Colour, RuntimeException>read(session -> session.find(Coloured.class, 1).colour))
                    .isEqualTo(Colour.GREEN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoThatCreateAtTheSameTimeBothSucceed(Store store) {
        try (Store.Fresh fresh = store.fresh();
                SqlDatabase one =
                        opened(fresh.at().models(Book.class, Review.class).build("one"));
                SqlDatabase two =
                        opened(fresh.at().models(Book.class, Review.class).build("two"))) {
            one.sessionFactory();
            two.sessionFactory();
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture.allOf(create(one, together), create(two, together))
                    .join();

            one.run(session -> session.persist(new Book("Emma")));
            assertThat(two.<Long, RuntimeException>read(Book::count)).isEqualTo(1);
        }
    }

    @Test
    void aTableTheDatabaseRefusesIsReportedWithItsOwnWordsAndNothingStays() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh();
                SqlDatabase database = fresh.at()
                        .models(Book.class, Review.class, Broken.class)
                        .build("main")) {
            database.connect();

            assertThatThrownBy(database::createAll)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("nosuchtype")
                    .hasRootCauseInstanceOf(SQLException.class);
            assertThat(tables(database)).as("DDL is transactional here").doesNotContain("book");
        }
    }

    @Test
    void needsAnOpenDatabase() {
        SqlDatabase database = SqlDatabase.at("jdbc:h2:mem:").build("main");

        assertThatThrownBy(database::createAll).isInstanceOf(NotOpenException.class);
        assertThatThrownBy(database::dropAll).isInstanceOf(NotOpenException.class);
    }

    private static CompletableFuture<Void> create(SqlDatabase database, CyclicBarrier together) {
        return UnitsIT.onAThreadOfItsOwn(() -> {
            try {
                together.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            database.createAll();
        });
    }

    private static SqlDatabase opened(SqlDatabase database) {
        database.connect();
        return database;
    }

    private static void execute(SqlDatabase database, String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> tables(SqlDatabase database) {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet found = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
            return column(found, "TABLE_NAME");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> schemas(SqlDatabase database, Store store) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet found = store == Store.MARIADB
                        ? connection.getMetaData().getCatalogs()
                        : connection.getMetaData().getSchemas()) {
            Set<String> names = new TreeSet<>();
            while (found.next()) {
                names.add(found.getString(1));
            }
            return names;
        }
    }

    private static Set<String> schemaOf(SqlDatabase database, String table) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet found = connection.getMetaData().getTables(null, null, table, new String[] {"TABLE"})) {
            return column(found, "TABLE_SCHEM");
        }
    }

    private static Set<String> column(ResultSet rows, String column) throws SQLException {
        Set<String> values = new TreeSet<>();
        while (rows.next()) {
            values.add(rows.getString(column).toLowerCase(java.util.Locale.ROOT));
        }
        return values;
    }

    @Entity
    @Table(name = "plain_things")
    static class Plain {
        @Id
        int id;

        Plain() {}

        Plain(int id) {
            this.id = id;
        }
    }

    @Entity
    @Table(name = "pinned", schema = "vault")
    static class Pinned {
        @Id
        int id = 1;
    }

    enum Colour {
        RED,
        GREEN
    }

    @Entity
    static class Coloured {
        @Id
        int id = 1;

        @JdbcTypeCode(SqlTypes.NAMED_ENUM)
        Colour colour = Colour.GREEN;
    }

    @Entity
    static class Broken {
        @Id
        int id;

        @jakarta.persistence.Column(columnDefinition = "nosuchtype")
        String text;
    }
}
