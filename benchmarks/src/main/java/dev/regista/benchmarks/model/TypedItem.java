package dev.regista.benchmarks.model;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.jspecify.annotations.Nullable;

/** An {@link Item} with a content type of its own, mapped by hand. */
@Entity
@SuppressWarnings("UnusedVariable") // Hibernate reads them
public class TypedItem {
    @Id
    @GeneratedValue
    private @Nullable Long id;

    private String name = "";
    private int quantity;
    private BigDecimal price = BigDecimal.ZERO;
    private Instant created = Instant.EPOCH;

    @OneToOne(fetch = FetchType.LAZY, optional = false, cascade = CascadeType.PERSIST)
    @JoinColumn(name = "content_type", unique = true, nullable = false)
    @OnDelete(action = OnDeleteAction.CASCADE)
    private ItemType type = new ItemType();

    /** For Hibernate. */
    protected TypedItem() {}

    /** Makes an item that is to be inserted, with its type. */
    public static TypedItem numbered(int number) {
        TypedItem item = new TypedItem();
        item.name = "item " + number;
        item.quantity = number % 10;
        item.price = new BigDecimal("12.50");
        return item;
    }

    /** Returns its type, which a stateless session does not insert with it. */
    public ItemType type() {
        return type;
    }
}
