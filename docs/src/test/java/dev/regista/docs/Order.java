package dev.regista.docs;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

// tag::model[]
/** Each tenant has its own orders; customers are shared. */
@Entity
@TenantModel
@Table(name = "orders")
class Order {
    @Id
    @GeneratedValue
    Long id;

    String what;

    @ManyToOne
    Customer customer;

    Order() {}

    Order(String what) {
        this.what = what;
    }
}
// end::model[]
