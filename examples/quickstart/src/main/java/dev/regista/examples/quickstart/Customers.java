package dev.regista.examples.quickstart;

import dev.regista.sql.SqlDatabase;
import java.util.List;

/** Data access: the customers. */
final class Customers {
    private final SqlDatabase database;

    Customers(SqlDatabase database) {
        this.database = database;
    }

    void add(String name) {
        database.run(session -> session.persist(new Customer(name)));
    }

    List<Customer> all() {
        return database.read(session ->
                session.createQuery("from Customer order by id", Customer.class).getResultList());
    }

    long count() {
        return database.read(session ->
                session.createQuery("select count(*) from Customer", Long.class).getSingleResult());
    }
}
