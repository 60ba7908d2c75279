package dev.regista.benchmarks.model;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of common size: a generated id, a text, a number, an amount and a time. */
@Entity
public class Item implements Row {
    /** The statement that fills the table of a schema, for what is measured by reading. */
    private static final String ROWS = "insert into %s.Item (id, name, quantity, price, created) "
            + "select i, 'item ' || i, i %% 10, i * 1.25, now() from generate_series(1, %d) i";

    @Id
    @GeneratedValue
    private @Nullable Long id;

    private String name;
    private int quantity;
    private BigDecimal price;
    private Instant created;

    /** For Hibernate. */
    protected Item() {
        this.name = "";
        this.price = BigDecimal.ZERO;
        this.created = Instant.EPOCH;
    }

    /**
     * Makes an item.
     *
     * @param id null for one that is to be inserted
     */
    public Item(@Nullable Long id, String name, int quantity, BigDecimal price, Instant created) {
        this.id = id;
        this.name = name;
        this.quantity = quantity;
        this.price = price;
        this.created = created;
    }

    /** Makes an item that is to be inserted. */
    public static Item numbered(int number) {
        return new Item(null, "item " + number, number % 10, new BigDecimal("12.50"), Instant.EPOCH);
    }

    /** Returns the statement that inserts rows with the ids from 1 on. */
    public static String rows(String schema, int count) {
        return ROWS.formatted(schema, count);
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
