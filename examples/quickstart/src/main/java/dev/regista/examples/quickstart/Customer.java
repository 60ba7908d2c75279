package dev.regista.examples.quickstart;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** A customer of the shop; lives in the main database. */
@Entity
public class Customer {
    @Id
    @GeneratedValue
    private @Nullable Long id;

    private String name = "";

    /** For Hibernate. */
    protected Customer() {}

    /** Makes a customer that has not been written yet. */
    public Customer(String name) {
        this.name = name;
    }

    /** Returns the id; {@code null} until the customer has been persisted. */
    public @Nullable Long id() {
        return id;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }
}
