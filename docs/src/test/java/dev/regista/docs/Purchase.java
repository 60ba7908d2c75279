package dev.regista.docs;

import dev.regista.sql.reference.OnTargetDelete;
import dev.regista.sql.reference.Ref;
import dev.regista.sql.reference.Rule;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** What a customer bought, in another database than the customer. */
@Entity
class Purchase {
    @Id
    @GeneratedValue
    Long id;

    // tag::purchase[]
    @OnTargetDelete(Rule.CASCADE)
    Ref<Customer> customer;

    @OnTargetDelete(Rule.SET_NULL)
    Ref<Customer> recommendedBy;
    // end::purchase[]

    Purchase() {}

    Purchase(Ref<Customer> customer) {
        this.customer = customer;
    }
}
