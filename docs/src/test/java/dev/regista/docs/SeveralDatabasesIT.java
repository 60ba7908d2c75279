package dev.regista.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Registry;
import dev.regista.model.Registration;
import dev.regista.sql.References;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.reference.Ref;
import dev.regista.testing.LeakChecker;
import dev.regista.testing.TestDatabase;
import dev.regista.testing.TestServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of the guide to relations between databases. */
@ExtendWith(LeakChecker.class)
class SeveralDatabasesIT {
    private final TestDatabase postgres = TestServers.postgres().newDatabase();
    private final String customersUrl =
            postgres.url() + "?user=" + postgres.user() + "&password=" + postgres.password();
    private final String salesUrl = "jdbc:h2:mem:" + UUID.randomUUID();
    private Registry registry;
    private Customer ada;

    @BeforeEach
    void open() {
        // tag::registry[]
        registry = Registry.builder()
                .main(SqlDatabase.at(customersUrl).models(Customer.class).createTables(true))
                .extra("sales", SqlDatabase.at(salesUrl).models(Purchase.class).createTables(true))
                .open();
        // end::registry[]
        ada = new Customer("Ada");
        registry.main(SqlDatabase.class).run(session -> session.persist(ada));
    }

    @AfterEach
    void close() {
        registry.close();
        postgres.close();
    }

    @Test
    void following() {
        // tag::load[]
        SqlDatabase sales = registry.database("sales", SqlDatabase.class);
        sales.run(session -> session.persist(new Purchase(Ref.to(ada))));

        References references = References.of(registry);
        Purchase purchase = sales.read(
                session -> session.createSelectionQuery("from Purchase where customer = :customer", Purchase.class)
                        .setParameter("customer", Ref.of(Customer.class, ada.id))
                        .getSingleResult());
        Customer customer = references.load(purchase.customer); // a query of its own, to the other database
        Optional<Customer> perhaps = references.find(purchase.customer);
        // end::load[]
        assertThat(customer.name).isEqualTo("Ada");
        assertThat(perhaps).isPresent();
        // tag::all[]
        List<Purchase> purchases = sales.read(session ->
                session.createSelectionQuery("from Purchase", Purchase.class).getResultList());
        Map<Ref<Customer>, Customer> customers =
                references.findAll(purchases.stream().map(one -> one.customer).toList()); // one query
        // end::all[]
        assertThat(customers).containsOnlyKeys(Ref.to(ada));
    }

    @Test
    void deleting() {
        SqlDatabase sales = registry.database("sales", SqlDatabase.class);
        sales.run(session -> session.persist(new Purchase(Ref.to(ada))));
        References references = References.of(registry);
        // tag::enforce[]
        Registration rules = references.enforce(); // once, when the registry is open

        registry.main(SqlDatabase.class).run(session -> session.remove(session.find(Customer.class, ada.id)));
        // Here, Ada's purchases are gone.
        // end::enforce[]
        assertThat(sales.<Long, RuntimeException>read(
                        session -> session.createSelectionQuery("select count(*) from Purchase", Long.class)
                                .getSingleResult()))
                .isZero();
        rules.unregister();
        // tag::repair[]
        int dangling = references.repair(); // what a failure between the two commits has left
        // end::repair[]
        assertThat(dangling).isZero();
    }
}
