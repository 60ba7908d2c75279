package dev.regista.examples.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** That a follower has yet to hear of an order. */
@Entity
@Table(name = "outbox", indexes = @Index(name = "outbox_follower", columnList = "follower, id"))
public class OutboxEntry {
    @Id
    @GeneratedValue
    private @Nullable Long id;

    @Column(nullable = false)
    private String follower = "";

    @Column(name = "order_id", nullable = false)
    private long orderId;

    /** For Hibernate. */
    protected OutboxEntry() {}

    OutboxEntry(String follower, long orderId) {
        this.follower = follower;
        this.orderId = orderId;
    }

    long orderId() {
        return orderId;
    }
}
