package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.ModelRefusedException;
import dev.regista.Registry;
import dev.regista.Units;
import dev.regista.model.Times;
import dev.regista.sql.schema.ModelSchema.MappedTable;
import dev.regista.sql.schema.Schemas.Contents;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Table;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callbacks can change about how a model is mapped. */
@ExtendWith(LeakChecker.class)
class SqlModelIT {
    @Entity(name = "Customer")
    @Table(name = "customer")
    static class Customer {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @ElementCollection
        @CollectionTable(name = "tag")
        Set<String> tags = new HashSet<>();
    }

    @Entity(name = "Purchase")
    @Table(name = "purchase")
    static class Purchase {
        @Id
        @GeneratedValue
        Long id;

        @ManyToOne(cascade = CascadeType.PERSIST)
        Customer customer;
    }

    @Entity(name = "SpecialCustomer")
    static class SpecialCustomer extends Customer {}

    /** Such as an application has it for `@EntityListeners`. */
    static final class Journal {
        final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @PrePersist
        void persisting(Customer customer) {
            customer.name = customer.name.toUpperCase(java.util.Locale.ROOT);
            seen.add("persisting " + customer.name);
        }

        @PostLoad
        private void loaded(Object any) {
            seen.add("loaded " + ((Customer) any).name);
        }
    }

    static final class BrokenJournal {
        @PrePersist
        void persisting(Customer customer) {
            throw new IllegalStateException("refused");
        }
    }

    private static Registry registry(SqlDatabaseBuilder main) {
        return Registry.builder()
                .main(main.models(Customer.class, Purchase.class).createTables(true))
                .build();
    }

    private static SqlDatabaseBuilder h2() {
        return SqlDatabase.at("jdbc:h2:mem:" + UUID.randomUUID());
    }

    private static void buy(Units<Session> units, String name) {
        units.run(session -> {
            Purchase purchase = new Purchase();
            purchase.customer = new Customer();
            purchase.customer.name = name;
            purchase.customer.tags.add("new");
            session.persist(purchase);
        });
    }

    private static List<?> select(SqlDatabase database, String sql) {
        return database.<List<?>, RuntimeException>read(
                session -> session.createNativeQuery(sql, Object.class).getResultList());
    }

    @ParameterizedTest
    @EnumSource
    void aTableCanBeRenamedAndAColumnAddedBeforeTheDatabaseOpens(Store store) {
        try (Store.Fresh fresh = store.fresh();
                Registry registry = registry(fresh.at())) {
            registry.onModel(
                    Customer.class,
                    model -> model.as(SqlModel.class)
                            .table("clients")
                            .column("note", "varchar(20) default 'n' not null"));
            registry.connect();
            SqlDatabase database = registry.main(SqlDatabase.class);

            buy(database, "Ada");

            assertThat(select(database, "select note from clients")).hasToString("[n]");
            assertThat(database.<List<String>, RuntimeException>read(session -> session.createSelectionQuery(
                                    "select customer.name from Purchase where size(customer.tags) = 1", String.class)
                            .getResultList()))
                    .containsExactly("Ada");
            assertThat(database.modelSchema().tables())
                    .extracting(MappedTable::name)
                    .contains("clients", "purchase")
                    .doesNotContain("customer");
            database.run(session -> session.createSelectionQuery("from Customer", Customer.class)
                    .getSingleResult()
                    .name = "Bea");
            assertThat(select(database, "select name from clients")).hasToString("[Bea]");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES", "MARIADB"})
    void aPinnedTableIsInItsSchemaWhateverTheUnitStates(Store store) throws SQLException {
        String vault = "vault " + System.nanoTime();
        String other = "other " + System.nanoTime();
        try (Store.Fresh fresh = store.fresh();
                Registry registry = registry(fresh.at())) {
            registry.onModel("Customer", model -> model.as(SqlModel.class).schema(vault));
            registry.connect();
            SqlDatabase database = registry.main(SqlDatabase.class);
            try {
                database.schemas().create(other, Contents.MODELS);

                buy(database, "Ada");
                buy(database.schema(other), "Bea");

                String quote = store == Store.MARIADB ? "`" : "\"";
                assertThat(select(database, "select name from " + quote + vault + quote + ".customer order by name"))
                        .hasToString("[Ada, Bea]");
                assertThat(database.modelSchema().tables())
                        .containsExactly(
                                new MappedTable("", "purchase", false),
                                new MappedTable(vault, "customer", false),
                                new MappedTable(vault, "tag", false));
                assertThat(database.modelSchema().elsewhere()).containsExactlyInAnyOrder("customer", "tag");
            } finally {
                database.schemas().dropCascade(other);
                database.jdbc().run(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("drop table purchase"); // MariaDB keeps what is referred to
                    }
                });
                database.schemas().dropCascade(vault);
            }
        }
    }

    @Test
    void aListenerIsCalledWithTheEntitiesOfItsModel() {
        Journal journal = new Journal();
        try (Registry registry = registry(h2())) {
            registry.connect();
            SqlDatabase database = registry.main(SqlDatabase.class);
            buy(database, "before");
            registry.onModel(Customer.class, model -> model.as(SqlModel.class).listener(journal));

            buy(database, "Ada");
            buy(database.schema("PUBLIC"), "Bea");
            database.read(session -> session.createSelectionQuery("from Customer order by id", Customer.class)
                    .getResultList());

            assertThat(journal.seen)
                    .containsExactly("persisting ADA", "persisting BEA", "loaded before", "loaded ADA", "loaded BEA");
            registry.onModel(Customer.class, model -> model.as(SqlModel.class).listener(new BrokenJournal()));
            assertThatThrownBy(() -> buy(database, "Cleo"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("refused");
        }
    }

    @Test
    void aChangeReachesADatabaseThatIsOpenAndLaterOnesAreAddedToIt() {
        try (Registry registry = registry(h2())) {
            registry.connect();
            SqlDatabase database = registry.main(SqlDatabase.class);
            buy(database, "Ada");
            registry.onModel(Purchase.class, model -> model.as(SqlModel.class).column("note", "int"));
            registry.onModel(Purchase.class, model -> model.as(SqlModel.class).table("orders"));

            buy(database, "Bea");
            assertThat(select(database, "select count(*) from orders where note is null"))
                    .hasToString("[1]");
            assertThat(select(database, "select count(*) from purchase"))
                    .as("what is stored stays")
                    .hasToString("[1]");
        }
    }

    @Test
    void aTenantModelIsRenamedInTheSchemaOfEachTenant() {
        Registry registry = Registry.builder()
                .main(h2().models(Country.class)
                        .tenantModels(Invoice.class, Label.class)
                        .createTables(true))
                .build();
        registry.onModel(
                Invoice.class,
                model -> model.as(SqlModel.class).table("bills").column("note", "varchar(9) default 'n'"));
        try (registry) {
            registry.connect();
            SqlDatabase database = registry.main(SqlDatabase.class);
            database.tenants().create("acme");
            database.tenant("acme").run(session -> session.persist(new Invoice("first")));
            database.tenant("acme")
                    .run(session -> assertThat(
                                    session.createNativeQuery("select note from {h-schema}bills", String.class)
                                            .getResultList())
                            .containsExactly("n"));

            assertThatThrownBy(() -> registry.onModel(
                            Label.class, model -> model.as(SqlModel.class).schema("vault")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("all tenants would share it");
            database.tenant("acme").run(session -> session.persist(new Invoice("second")));
        }
    }

    @Test
    void whatCannotBeMappedLikeThatIsRefusedAndNothingChanges() {
        try (Registry registry = registry(h2())) {
            registry.models().add("main", SpecialCustomer.class);
            registry.connect();
            SqlDatabase database = registry.main(SqlDatabase.class);
            assertThatThrownBy(() -> registry.onModel(
                            Customer.class, model -> model.as(SqlModel.class).table("purchase")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("another table named 'purchase'");
            assertThatThrownBy(() -> registry.onModel(
                            Customer.class, model -> model.as(SqlModel.class).column("name", "int")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("has a column 'name' already");
            assertThatThrownBy(() -> registry.onModel(
                            SpecialCustomer.class,
                            model -> model.as(SqlModel.class).table("special")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("is in the table of");
            for (String bad : List.of("", " ", "a\"b")) {
                assertThatThrownBy(() -> registry.onModel(
                                Customer.class,
                                model -> model.as(SqlModel.class).schema(bad)))
                        .isInstanceOf(ModelRefusedException.class)
                        .hasCauseInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> registry.onModel(
                            Customer.class, model -> model.as(SqlModel.class).listener("text")))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessageContaining("is no listener");
            buy(database, "Ada");
            assertThat(select(database, "select name from customer")).hasToString("[Ada]");
        }
    }

    @Test
    void changesOfACallbackThatFailsAreForgottenAndAModelCanBeChangedOnlyInACallback() {
        List<SqlModel> kept = new ArrayList<>();
        try (Registry registry = registry(h2())) {
            registry.connect();
            registry.onModel(Customer.class, model -> kept.add(model.as(SqlModel.class)));
            assertThatThrownBy(() -> registry.onModel(Customer.class, model -> {
                        model.as(SqlModel.class).table("clients");
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(ModelRefusedException.class);
            assertThatThrownBy(() -> kept.get(0).table("clients"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("only by a callback");
            assertThatThrownBy(() -> registry.models()
                            .get(Customer.class)
                            .as(SqlModel.class)
                            .table("clients"))
                    .isInstanceOf(IllegalStateException.class);

            SqlDatabase database = registry.main(SqlDatabase.class);
            buy(database, "Ada");
            assertThat(select(database, "select name from customer")).hasToString("[Ada]");
        }
    }

    @Test
    void whatCallbacksChangedGoesWithTheModelAndComesBackWithPermanentOnes() {
        Registry registry = Registry.builder().main(h2().createTables(true)).build();
        registry.onModel(Customer.class, model -> model.as(SqlModel.class).table("once"));
        registry.onModel(
                "Customer", Times.ALWAYS, model -> model.as(SqlModel.class).column("note", "int"));
        registry.models().add("main", Customer.class);
        try (registry) {
            registry.connect();
            SqlDatabase database = registry.main(SqlDatabase.class);
            assertThat(select(database, "select note from once")).isEmpty();
            registry.models().remove(Customer.class);
            registry.models().add("main", Customer.class);
            assertThat(select(database, "select note from customer")).isEmpty();
        }
    }
}
