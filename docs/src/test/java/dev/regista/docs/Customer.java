package dev.regista.docs;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** A customer of the shop: the model that the code of the guides works with. */
@Entity
class Customer {
    @Id
    @GeneratedValue
    Long id;

    String name;
    int visits;

    Customer() {}

    Customer(String name) {
        this.name = name;
    }

    void visit() {
        visits++;
    }
}
