package dev.regista.benchmarks.ebean;

import dev.regista.benchmarks.model.Item;
import dev.regista.benchmarks.model.Row;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@link Item} once more, over the same table and sequence. */
@Entity
@Table(name = "item")
public class EbeanItem implements Row {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "item_seq")
    @SequenceGenerator(name = "item_seq", sequenceName = "item_seq", allocationSize = 50)
    private @Nullable Long id;

    private String name;
    private int quantity;
    private BigDecimal price;
    private Instant created;

    /** Makes one that is to be inserted. */
    public EbeanItem(Item item) {
        this.name = item.name();
        this.quantity = item.quantity();
        this.price = item.price();
        this.created = item.created();
    }

    @Override
    public @Nullable Long id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    /** Returns the quantity. */
    public int quantity() {
        return quantity;
    }

    /** Returns the price. */
    public BigDecimal price() {
        return price;
    }

    /** Returns the time. */
    public Instant created() {
        return created;
    }
}
