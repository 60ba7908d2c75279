package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.ConfigurationException;
import dev.regista.NotSupportedException;
import dev.regista.Registry;
import dev.regista.TenantRequiredException;
import dev.regista.UnmappedModelException;
import dev.regista.model.Registration;
import dev.regista.routing.Tenant;
import dev.regista.sql.reference.DanglingReferenceException;
import dev.regista.sql.reference.OnTargetDelete;
import dev.regista.sql.reference.Ref;
import dev.regista.sql.reference.Rule;
import dev.regista.sql.reference.StillReferencedException;
import dev.regista.sql.tenancy.TenantModel;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** References from MariaDB to PostgreSQL, of which neither knows the other. */
@ExtendWith(LeakChecker.class)
class ReferencesIT {
    @Entity(name = "Customer")
    @Table(name = "person")
    static class Customer {
        @Id
        long id;

        String name;

        protected Customer() {}

        Customer(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    @Entity(name = "Product")
    static class Product {
        @Id
        UUID id = UUID.randomUUID();
    }

    /** The same name as the table of customers, in another database. */
    @Entity(name = "Visitor")
    @Table(name = "person")
    static class Visitor {
        @Id
        long id;

        @OnTargetDelete(Rule.CASCADE)
        Ref<Customer> customer;

        protected Visitor() {}

        Visitor(long id, Ref<Customer> customer) {
            this.id = id;
            this.customer = customer;
        }
    }

    @Entity(name = "Page")
    static class Page {
        @Id
        long id;

        @Embedded
        Subject subject = new Subject();

        @OnTargetDelete(Rule.CASCADE)
        Ref<Visitor> seen;

        @OnTargetDelete(Rule.RESTRICT)
        @Column(unique = true)
        Ref<Product> product;

        protected Page() {}

        Page(long id) {
            this.id = id;
        }
    }

    @Embeddable
    static class Subject {
        @OnTargetDelete(Rule.SET_NULL)
        Ref<Customer> about;
    }

    private static final Store.Fresh SHOP = Store.POSTGRES.fresh();
    private static final Store.Fresh STATISTICS = Store.MARIADB.fresh();
    private static Registry registry;
    private static SqlDatabase shop;
    private static SqlDatabase statistics;

    private References references;
    private Registration enforced;

    @BeforeAll
    static void openBoth() {
        registry = Registry.builder()
                .main(SHOP.at().models(Customer.class, Product.class).createTables(true))
                .extra(
                        "statistics",
                        STATISTICS
                                .at()
                                .models(Visitor.class, Page.class, Subject.class)
                                .createTables(true))
                .open();
        shop = registry.main(SqlDatabase.class);
        statistics = registry.database("statistics", SqlDatabase.class);
    }

    @AfterAll
    static void closeBoth() {
        registry.close();
        SHOP.close();
        STATISTICS.close();
    }

    @BeforeEach
    void enforce() {
        references = References.of(registry);
        enforced = references.enforce();
        shop.run(session -> {
            session.persist(new Customer(1, "Ada"));
            session.persist(new Customer(2, "Grace"));
        });
    }

    @AfterEach
    void clear() {
        enforced.unregister();
        for (SqlDatabase database : List.of(shop, statistics)) {
            database.run(session -> database.models().stream()
                    .filter(model -> model.isAnnotationPresent(Entity.class))
                    .forEach(model -> session.createMutationQuery("delete from " + model.getName())
                            .executeUpdate()));
        }
    }

    private void visit(long id, long customer) {
        statistics.run(session -> session.persist(new Visitor(id, Ref.of(Customer.class, customer))));
    }

    private List<Long> visitors() {
        return statistics.read(session -> session.createSelectionQuery("select id from Visitor order by id", Long.class)
                .getResultList());
    }

    private void delete(long customer) {
        shop.run(session -> session.remove(session.find(Customer.class, customer)));
    }

    @Test
    void aReferenceIsLoadedFromTheOtherDatabase() {
        Customer ada = shop.read(session -> session.find(Customer.class, 1L));
        statistics.run(session -> session.persist(new Visitor(1, Ref.to(ada))));

        Visitor visitor = statistics.read(session -> session.find(Visitor.class, 1L));

        assertThat(visitor.customer).isEqualTo(Ref.of(Customer.class, 1L));
        assertThat(references.load(visitor.customer).name).isEqualTo("Ada");
        shop.run(session -> assertThat(references.load(visitor.customer)).isSameAs(session.find(Customer.class, 1L)));
    }

    @Test
    void severalAreLoadedAtOnceAndThoseThatAreGoneAreLeftOut() {
        Ref<Customer> ada = Ref.of(Customer.class, 1L);
        Ref<Customer> gone = Ref.of(Customer.class, 3L);
        Ref<Customer> grace = Ref.of(Customer.class, 2L);

        assertThat(references.findAll(List.of(grace, gone, ada, ada)).keySet()).containsExactly(grace, ada);
        assertThat(references.find(gone)).isEmpty();
        assertThatThrownBy(() -> references.load(gone))
                .isInstanceOf(DanglingReferenceException.class)
                .hasMessageContaining("'main'")
                .hasMessageContaining("3");
    }

    @Test
    void aModelThatNoDatabaseHasIsRefused() {
        assertThatThrownBy(() -> references.find(Ref.of(Note.class, "x")))
                .isInstanceOf(UnmappedModelException.class)
                .hasMessageContaining("Note")
                .hasMessageContaining("'main' has Customer, Product");
    }

    @Test
    void aQueryComparesReferencesByTheirId() {
        visit(1, 1);
        visit(2, 2);
        statistics.run(session -> session.persist(new Visitor(3, null)));
        Ref<Customer> grace = Ref.of(Customer.class, 2L);

        List<Long> found = statistics.read(session -> session.createSelectionQuery(
                        "select id from Visitor where customer = :customer or customer in :others", Long.class)
                .setParameter("customer", grace)
                .setParameter("others", List.of(Ref.of(Customer.class, 9L)))
                .getResultList());
        List<Long> none = statistics.read(
                session -> session.createSelectionQuery("select id from Visitor where customer is null", Long.class)
                        .getResultList());

        assertThat(found).containsExactly(2L);
        assertThat(none).containsExactly(3L);
        assertThat(statistics.read(session -> session.find(Visitor.class, 3L)).customer)
                .isNull();
    }

    @Test
    void itsColumnIsPlainWithAnIndexAndWithoutAConstraint() throws Exception {
        List<String> columns = new ArrayList<>();
        List<String> indexed = new ArrayList<>();
        statistics.jdbc().run(connection -> {
            try (ResultSet found = connection.getMetaData().getColumns(connection.getCatalog(), null, "person", null)) {
                while (found.next()) {
                    columns.add(found.getString("COLUMN_NAME") + " " + found.getString("TYPE_NAME"));
                }
            }
            for (String table : List.of("person", "Page")) {
                try (ResultSet found =
                        connection.getMetaData().getIndexInfo(connection.getCatalog(), null, table, false, false)) {
                    while (found.next()) {
                        indexed.add(found.getString("COLUMN_NAME"));
                    }
                }
                try (ResultSet keys = connection.getMetaData().getImportedKeys(connection.getCatalog(), null, table)) {
                    assertThat(keys.next()).isFalse();
                }
            }
        });

        assertThat(columns).containsExactlyInAnyOrder("id BIGINT", "customer BIGINT");
        assertThat(indexed).containsExactlyInAnyOrder("id", "customer", "id", "about", "seen", "product");
    }

    @Test
    void whatCascadesGoesWithItsTargetAndSoDoesWhatRefersToThat() {
        visit(1, 1);
        visit(2, 2);
        statistics.run(session -> {
            Page page = new Page(1);
            page.seen = Ref.of(Visitor.class, 1L);
            session.persist(page);
        });

        delete(1);

        assertThat(visitors()).containsExactly(2L);
        Page page = statistics.read(session -> session.find(Page.class, 1L));
        assertThat(page).isNull();
    }

    @Test
    void aReferenceInAnEmbeddableBecomesNull() {
        statistics.run(session -> {
            Page page = new Page(1);
            page.subject.about = Ref.of(Customer.class, 1L);
            session.persist(page);
        });

        delete(1);

        Page page = statistics.read(session -> session.find(Page.class, 1L));
        assertThat(page.subject == null || page.subject.about == null).isTrue();
    }

    @Test
    void whatIsReferredToCannotBeDeletedUnderARestrict() {
        Product product = new Product();
        shop.run(session -> session.persist(product));
        statistics.run(session -> {
            Page page = new Page(1);
            page.product = Ref.to(product);
            session.persist(page);
        });

        assertThatThrownBy(() -> shop.run(session -> session.remove(session.find(Product.class, product.id))))
                .isInstanceOf(StillReferencedException.class)
                .hasMessageContaining("1 of Page.product in database 'statistics'");
        assertThatThrownBy(() -> shop.run(session ->
                        session.createMutationQuery("delete from Product").executeUpdate()))
                .isInstanceOf(NotSupportedException.class);
        assertThat(references.find(Ref.to(product))).isPresent();

        statistics.run(session -> session.remove(session.find(Page.class, 1L)));
        shop.run(session -> session.remove(session.find(Product.class, product.id)));
        assertThat(references.find(Ref.to(product))).isEmpty();
    }

    @Test
    void aDeletionThatIsRolledBackOrSkippedLeavesEverything() {
        visit(1, 1);
        assertThatThrownBy(() -> shop.run(session -> {
                    session.remove(session.find(Customer.class, 1L));
                    session.flush();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        Registration skipping = shop.signals().beforeDelete(Customer.class, customer -> customer.skip());
        delete(1);
        skipping.unregister();

        assertThat(visitors()).containsExactly(1L);
    }

    @Test
    void whatAFailureLeavesIsRepairedLater() {
        visit(1, 1);
        visit(2, 2);
        Registration failing = statistics.signals().beforeDelete(Visitor.class, visitor -> {
            throw new IllegalStateException("no");
        });

        delete(1);
        assertThat(visitors()).containsExactly(1L, 2L);
        assertThat(references.find(Ref.of(Customer.class, 1L))).isEmpty();

        failing.unregister();
        assertThat(references.repair()).isEqualTo(1);
        assertThat(visitors()).containsExactly(2L);
        assertThat(references.repair()).isZero();
    }

    @Test
    void aQueryThatDeletesTargetsIsFollowedByALookAtAllReferences() {
        visit(1, 1);
        visit(2, 2);

        shop.run(session -> session.createMutationQuery("delete from Customer where name = 'Ada'")
                .executeUpdate());

        assertThat(visitors()).containsExactly(2L);
    }

    @Test
    void onceItIsUnregisteredNothingFollows() {
        visit(1, 1);
        assertThat(enforced.unregister()).isTrue();
        assertThat(enforced.unregister()).isFalse();

        delete(1);

        assertThat(visitors()).containsExactly(1L);
    }

    @Test
    void theDatabasesCanBeOfSeveralRegistries() {
        visit(1, 1);
        try (Store.Fresh other = Store.H2.fresh();
                Registry second = Registry.builder()
                        .main(other.at().models(Note.class).createTables(true))
                        .open()) {
            second.main(SqlDatabase.class).run(session -> session.persist(new Note("x", Ref.of(Visitor.class, 1L))));
            References both = References.of(second, registry);
            Note note = second.main(SqlDatabase.class).read(session -> session.find(Note.class, "x"));

            assertThat(both.load(both.load(note.about).customer).name).isEqualTo("Ada");
            assertThatThrownBy(() -> References.of(second).load(note.about)).isInstanceOf(UnmappedModelException.class);
        }
    }

    @Entity(name = "Note")
    static class Note {
        @Id
        String text;

        Ref<Visitor> about;

        protected Note() {}

        Note(String text, Ref<Visitor> about) {
            this.text = text;
            this.about = about;
        }
    }

    @Entity(name = "Account")
    @TenantModel
    static class Account {
        @Id
        int id;

        protected Account() {}

        Account(int id) {
            this.id = id;
        }
    }

    @Entity(name = "Booking")
    static class Booking {
        @Id
        long id;

        @OnTargetDelete(Rule.CASCADE)
        Ref<Account> account;
    }

    @Entity(name = "Payment")
    @TenantModel
    static class Payment {
        @Id
        long id;

        @OnTargetDelete(Rule.CASCADE)
        Ref<Account> account;

        @OnTargetDelete(Rule.CASCADE)
        Ref<Customer> payer;

        protected Payment() {}

        Payment(long id, Ref<Account> account, Ref<Customer> payer) {
            this.id = id;
            this.account = account;
            this.payer = payer;
        }
    }

    private static long payments(SqlDatabase database, String tenant) {
        return database.tenant(tenant)
                .<Long, RuntimeException>read(
                        session -> session.createSelectionQuery("select count(*) from Payment", Long.class)
                                .getSingleResult());
    }

    @Test
    void aReferenceToATenantModelNeedsATenant() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh()) {
            SqlDatabase bank =
                    registry.add("bank", fresh.at().models(Account.class).createTables(true));
            bank.tenants().create("acme");
            bank.tenants().create("globex");
            bank.tenant("acme").run(session -> session.persist(new Account(1)));
            Ref<Account> account = Ref.of(Account.class, 1);

            assertThatThrownBy(() -> references.find(account)).isInstanceOf(TenantRequiredException.class);
            assertThat(references.tenant("acme").find(account)).isPresent();
            assertThat(references.tenant("globex").find(account)).isEmpty();
            Tenant.of("acme").run(() -> assertThat(references.find(account)).isPresent());
            registry.add("bookings", Store.H2.fresh().at().models(Booking.class).createTables(true));
            assertThatThrownBy(references::enforce)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("Booking.account");
            registry.remove("bookings");
            registry.remove("bank");
        }
    }

    @Test
    void rulesKeepToTheTenantOfTheTargetAndGoToAllTenantsOfAnybodys() {
        try (Store.Fresh fresh = Store.POSTGRES.fresh()) {
            SqlDatabase bank = registry.add(
                    "bank", fresh.at().models(Account.class, Payment.class).createTables(true));
            for (String tenant : List.of("acme", "globex")) {
                bank.tenants().create(tenant);
                bank.tenant(tenant).run(session -> {
                    session.persist(new Account(1));
                    session.persist(new Payment(1, Ref.of(Account.class, 1), null));
                    session.persist(new Payment(2, null, Ref.of(Customer.class, 1L)));
                });
            }
            enforced.unregister();
            enforced = references.enforce();

            bank.tenant("acme").run(session -> session.remove(session.find(Account.class, 1)));
            assertThat(payments(bank, "acme")).isEqualTo(1);
            assertThat(payments(bank, "globex")).isEqualTo(2);

            delete(1);
            assertThat(payments(bank, "acme")).isZero();
            assertThat(payments(bank, "globex")).isEqualTo(1);
            enforced.unregister();
            registry.remove("bank");
        }
    }
}
