package dev.regista.examples.shop;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a customer has bought at once; never changed. */
@Entity
@Table(name = "orders")
public class Order {
    @Id
    @GeneratedValue
    private @Nullable Long id;

    @Column(nullable = false)
    private String customer = "";

    // No more digits than every database keeps.
    @Column(nullable = false)
    private Instant placed = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @ElementCollection
    @CollectionTable(name = "order_products", joinColumns = @JoinColumn(name = "order_id"))
    @Column(name = "product", nullable = false)
    private Set<String> products = new TreeSet<>();

    /** For Hibernate. */
    protected Order() {}

    Order(String customer, Collection<String> products) {
        this.customer = customer;
        this.products.addAll(products);
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("not persisted yet");
        }
        return id;
    }

    String customer() {
        return customer;
    }

    Instant placed() {
        return placed;
    }

    Set<String> products() {
        return products;
    }
}
